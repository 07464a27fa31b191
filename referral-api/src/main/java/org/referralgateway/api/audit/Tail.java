package org.referralgateway.api.audit;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds what is new in a table that only grows, and misses nothing: positions are given before a transaction commits, so a
 * lower one may appear after a higher one. A position that is not there yet is kept as a gap and looked for again, until it
 * is so old that its transaction must have been rolled back.
 */
@Component
class Tail {

    /** No transaction of ours lasts longer: the database connection gives up before. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(60);

    private static final int AT_ONCE = 1000;

    private final JdbcClient db;
    private final Clock clock;

    Tail(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** The tables that can be followed, and the column that says when a row was written. */
    enum Table {
        OUTBOX("outbox", "created_at"),
        AUDIT("audit_event", "at");

        private final String name;
        private final String time;

        Table(String name, String time) {
            this.name = name;
            this.time = time;
        }
    }

    /** The end of the table now, with the gaps before it. The caller's transaction must be repeatable read. */
    @Transactional(propagation = Propagation.MANDATORY)
    Cursor end(Table table) {
        long last = last(table);
        return advanced(table, new Cursor(Math.max(0, last - AT_ONCE), List.of()), last);
    }

    /** As far as the next piece reaches. The caller's transaction must be repeatable read. */
    @Transactional(propagation = Propagation.MANDATORY)
    Cursor next(Table table, Cursor from) {
        return advanced(table, from, Math.clamp(last(table), from.after(), from.after() + AT_ONCE));
    }

    private long last(Table table) {
        // Over all senders: a number, nobody's data.
        return db.sql("select coalesce(max(position), 0) from " + table.name)
                .query(Long.class)
                .single();
    }

    private Cursor advanced(Table table, Cursor from, long to) {
        var sql = """
                select gap.position
                from (select unnest(:gaps) union select generate_series(:after + 1, :to)) as gap (position)
                where not exists (select from %1$s t where t.position = gap.position)
                  and (select t.%2$s from %1$s t where t.position > gap.position order by t.position limit 1) > :longAgo
                order by gap.position desc limit :most
                """.formatted(table.name, table.time);
        var gaps = db.sql(sql)
                .param("gaps", from.gaps().toArray(Long[]::new))
                .param("after", from.after())
                .param("to", to)
                .param("longAgo", Timestamp.from(clock.instant().minus(LONGEST_TRANSACTION)))
                .param("most", Cursor.MOST_GAPS)
                .query(Long.class)
                .list();
        return new Cursor(to, gaps);
    }
}
