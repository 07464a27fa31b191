package org.referralgateway.api.erasure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.RowScope.Work;
import org.referralgateway.api.platform.Ids;
import org.referralgateway.api.vault.LockedJson;
import org.referralgateway.api.vault.Places;
import org.referralgateway.api.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Locks what was stored before there were keys, some rows at a time, each table once from its first row to its last. Nothing
 * plain is added behind it: whatever is written is locked. Beginning anew, after a restart or in another instance, does no harm.
 */
@Component
class Backlog {

    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);
    private static final int ROWS = 100;
    private static final UUID FIRST = new UUID(0, 0);

    private final JdbcClient db;
    private final Vault vault;
    private final TransactionTemplate transaction;
    private final List<Table> tables =
            List.of(this::submissions, this::parked, this::referrals, this::versions, this::tasks, this::taskHistory);

    /** Null once nothing plain is left. */
    private final AtomicReference<@Nullable Progress> progress = new AtomicReference<>(new Progress(0, "", FIRST, 0));

    Backlog(JdbcClient db, Vault vault, TransactionTemplate transaction) {
        this.db = db;
        this.vault = vault;
        this.transaction = transaction;
    }

    /** The table that is being gone through, and the last row that was seen. */
    private record Progress(int table, String sender, UUID row, int version) {}

    /** Locks the next rows after a place; the place of the last, or nothing where there are no more. */
    private interface Table {
        Optional<Progress> next(Progress from);
    }

    @Scheduled(fixedDelayString = "PT0.5S", initialDelayString = "PT5S")
    void sweep() {
        var from = progress.get();
        if (from != null && vault.isOn()) {
            Work.ERASURE.run(() -> goOn(from));
        }
    }

    private void goOn(Progress from) {
        try {
            if (isWhole()) {
                progress.set(null);
                return;
            }
            var to = Objects.requireNonNull(
                    transaction.execute(status -> tables.get(from.table()).next(from)));
            if (to.isPresent()) {
                progress.set(to.get());
            } else if (from.table() + 1 < tables.size()) {
                progress.set(new Progress(from.table() + 1, "", FIRST, 0));
            } else {
                db.sql("update vault set whole_since = now() where whole_since is null")
                        .update();
                progress.set(null);
            }
        } catch (DataAccessException e) {
            LOG.warn(
                    "What was stored before there were keys is locked later: {}",
                    e.getClass().getSimpleName());
        }
    }

    private boolean isWhole() {
        return db.sql("select exists (select from vault where whole_since is not null)")
                .query(Boolean.class)
                .single();
    }

    private record Row(
            String sender,
            UUID id,
            int version,
            @Nullable UUID referral,
            byte @Nullable [] bytes,
            byte @Nullable [] more,
            @Nullable String text) {

        static Row of(ResultSet row, int number) throws SQLException {
            return new Row(
                    row.getString("sender"),
                    row.getObject("id", UUID.class),
                    row.getInt("version"),
                    row.getObject("referral", UUID.class),
                    row.getBytes("bytes"),
                    row.getBytes("more"),
                    row.getString("text"));
        }
    }

    private List<Row> rows(String sql, Progress from) {
        return db.sql(sql)
                .param("sender", from.sender())
                .param("row", from.row())
                .param("version", from.version())
                .param("most", ROWS)
                .query(Row::of)
                .list();
    }

    private static Optional<Progress> after(List<Row> rows, Progress from) {
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Progress(
                        from.table(),
                        rows.getLast().sender(),
                        rows.getLast().id(),
                        rows.getLast().version()));
    }

    private boolean isErased(UUID name) {
        return vault.erasure(name) != null;
    }

    private Optional<Progress> submissions(Progress from) {
        var rows = rows("""
                select s.sender, s.submission as id, 0 as version, s.body as bytes, s.converted as more, s.links::text as text,
                       (select case when count(distinct t.referral) = 1 then (array_agg(t.referral))[1] end
                        from (select k.referral from submission_key k
                              where k.sender = s.sender and k.submission = s.submission and k.referral is not null
                              union
                              select r.referral from resource x join referral r on r.sender = x.sender and r.referral = %s
                              where x.sender = s.sender and x.submission = s.submission and x.type = 'ServiceRequest'
                              union
                              select v.referral from referral_version v
                              where v.sender = s.sender and v.submission = s.submission) as t) as referral
                from submission s
                where s.locked_by is null and (s.sender, s.submission) > (:sender, :row)
                order by s.sender, s.submission limit :most for update of s
                """.formatted(Ids.column("x.id")), from);
        for (var row : rows) {
            var key = row.referral() == null ? row.id() : row.referral();
            if (isErased(key)) {
                continue;
            }
            db.sql("""
                            update submission
                            set body = :body, converted = :converted, links = :links::jsonb, locked_by = :key
                            where sender = :sender and submission = :id
                            """)
                    .param(
                            "body",
                            vault.lock(key, Places.body(row.sender(), row.id()), Objects.requireNonNull(row.bytes())))
                    .param(
                            "converted",
                            row.more() == null
                                    ? null
                                    : vault.lock(key, Places.converted(row.sender(), row.id()), row.more()),
                            java.sql.Types.BINARY)
                    .param("links", links(key, row))
                    .param("key", key)
                    .param("sender", row.sender())
                    .param("id", row.id())
                    .update();
        }
        return after(rows, from);
    }

    private String links(UUID key, Row row) {
        var text = String.valueOf(row.text());
        return text.equals("{}")
                ? text
                : LockedJson.column(vault.lock(key, Places.links(row.sender(), row.id()), text));
    }

    private Optional<Progress> parked(Progress from) {
        var rows = rows("""
                select sender, parked as id, 0 as version, null::uuid as referral, body as bytes, null::bytea as more, put as text
                from parked_submission
                where locked_by is null and (sender, parked) > (:sender, :row)
                order by sender, parked limit :most for update
                """, from);
        for (var row : rows) {
            db.sql("""
                            update parked_submission set body = :body, put = :put, locked_by = :id
                            where sender = :sender and parked = :id
                            """)
                    .param(
                            "body",
                            vault.lock(
                                    row.id(),
                                    Places.parkedBody(row.sender(), row.id()),
                                    Objects.requireNonNull(row.bytes())))
                    .param(
                            "put",
                            vault.lockIfAny(row.id(), Places.parkedPut(row.sender(), row.id()), row.text()),
                            java.sql.Types.VARCHAR)
                    .param("sender", row.sender())
                    .param("id", row.id())
                    .update();
        }
        return after(rows, from);
    }

    private Optional<Progress> referrals(Progress from) {
        var rows = rows("""
                select sender, referral as id, version, referral, content as bytes, null::bytea as more, patient_name as text
                from referral
                where (sender, referral) > (:sender, :row)
                order by sender, referral limit :most for update
                """, from);
        for (var row : plain(rows)) {
            db.sql("""
                            update referral set content = :content, patient_name = :name
                            where sender = :sender and referral = :id
                            """)
                    .param("content", content(row))
                    .param(
                            "name",
                            vault.lockIfAny(row.id(), Places.patientName(row.sender(), row.id()), row.text()),
                            java.sql.Types.VARCHAR)
                    .param("sender", row.sender())
                    .param("id", row.id())
                    .update();
        }
        return after(rows, from);
    }

    private Optional<Progress> versions(Progress from) {
        var rows = rows("""
                select sender, referral as id, version, referral, content as bytes, null::bytea as more, changes::text as text
                from referral_version
                where (sender, referral, version) > (:sender, :row, :version)
                order by sender, referral, version limit :most for update
                """, from);
        for (var row : plain(rows)) {
            db.sql("""
                            update referral_version set content = :content, changes = :changes::jsonb
                            where sender = :sender and referral = :id and version = :version
                            """)
                    .param("content", content(row))
                    .param("changes", changes(row))
                    .param("sender", row.sender())
                    .param("id", row.id())
                    .param("version", row.version())
                    .update();
        }
        return after(rows, from);
    }

    private Optional<Progress> tasks(Progress from) {
        return notes("""
                select sender, task as id, version, referral, null::bytea as bytes, null::bytea as more, status_note as text
                from task
                where status_note is not null and (sender, task) > (:sender, :row)
                order by sender, task limit :most for update
                """, "update task set status_note = :note where sender = :sender and task = :id", from);
    }

    private Optional<Progress> taskHistory(Progress from) {
        return notes("""
                select h.sender, h.task as id, h.version, t.referral, null::bytea as bytes, null::bytea as more,
                       h.status_note as text
                from task_history h join task t on t.sender = h.sender and t.task = h.task
                where h.status_note is not null and (h.sender, h.task, h.version) > (:sender, :row, :version)
                order by h.sender, h.task, h.version limit :most
                """, """
                update task_history set status_note = :note
                where sender = :sender and task = :id and version = :version
                """, from);
    }

    private Optional<Progress> notes(String select, String update, Progress from) {
        var rows = rows(select, from);
        for (var row : rows) {
            var referral = row.referral();
            var note = row.text();
            if (referral == null || note == null || isErased(referral) || Vault.isLocked(note)) {
                continue;
            }
            db.sql(update)
                    .param("note", vault.lock(referral, Places.taskNote(row.sender(), row.id()), note))
                    .param("sender", row.sender())
                    .param("id", row.id())
                    .param("version", row.version())
                    .update();
        }
        return after(rows, from);
    }

    private List<Row> plain(List<Row> rows) {
        var plain = new ArrayList<Row>();
        for (var row : rows) {
            if (row.bytes() != null && !Vault.isLocked(row.bytes()) && !isErased(row.id())) {
                plain.add(row);
            }
        }
        return plain;
    }

    private byte[] content(Row row) {
        return vault.lock(
                row.id(), Places.content(row.sender(), row.id(), row.version()), Objects.requireNonNull(row.bytes()));
    }

    private String changes(Row row) {
        var changes = String.valueOf(row.text());
        return changes.equals("[]")
                ? changes
                : LockedJson.column(
                        vault.lock(row.id(), Places.changes(row.sender(), row.id(), row.version()), changes));
    }
}
