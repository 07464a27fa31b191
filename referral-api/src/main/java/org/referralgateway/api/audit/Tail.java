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

    /** The tables that can be followed. For each there are functions that tell of its places, whosesoever rows they are. */
    enum Table {
        OUTBOX("outbox"),
        AUDIT("audit_event");

        private final String name;

        Table(String name) {
            this.name = name;
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
        return db.sql("select " + table.name + "_end()").query(Long.class).single();
    }

    private Cursor advanced(Table table, Cursor from, long to) {
        var sql = """
                with missing as (
                    select gap.position from unnest(:gaps) as gap(position)
                    where not exists (select from %1$s_places(gap.position - 1, gap.position))
                    union
                    (select generate_series(:after + 1, :to) except select %1$s_places(:after, :to))
                )
                select position from missing
                where %1$s_next(position) > :longAgo
                order by position desc limit :most
                """.formatted(table.name);
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
