package org.referralgateway.api.worklist;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.api.worklist.WorklistFilter.Position;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the list of what is to be done. The coordination task of a referral is on it only while nothing else of that
 * referral is, so that no referral fills two rows and none falls off the list undecided.
 */
@Component
class OpenTasks {

    private static final String COLUMNS = """
            select t.sender, t.task, t.referral, t.code, t.status, t.owner_role, t.owner, t.priority, t.due_at, t.version,
                   case t.priority when 'stat' then 0 when 'asap' then 1 when 'urgent' then 2 else 3 end as rank,
                   r.received_at, r.patient_name, r.condition_group, r.missing, r.triage_level, r.alerts,
                   coalesce(c.status, 'requested') as decision, c.business_status as stage
            """;

    private static final String TASKS = """
            from task t
            join referral r on r.sender = t.sender and r.referral = t.referral
            left join task c on c.sender = r.sender and c.task = r.coordination_task
            where t.sender in (:senders)
            """;

    private static final String OPEN = """
            and t.status in ('requested', 'received', 'accepted', 'in-progress', 'on-hold')
            and (t.code <> 'coordination' or (t.status in ('requested', 'received') and not exists (
                    select from task o
                    where o.sender = t.sender and o.referral = t.referral and o.code <> 'coordination'
                      and o.status in ('requested', 'received', 'accepted', 'in-progress', 'on-hold'))))
            """;

    private static final String WANTED = """
            (:code::text is null or t.code = :code)
            and (:owner::text is null or (:owner = 'mine' and t.owner = :person) or (:owner = 'nobody' and t.owner is null))
            and (:priority::text is null or t.priority = :priority)
            and (not :overdue or t.due_at < :now)
            and (:condition::text is null or coalesce(r.condition_group, 'none') = :condition)
            """;

    private static final String BEYOND = """
            (case t.priority when 'stat' then 0 when 'asap' then 1 when 'urgent' then 2 else 3 end,
             coalesce(t.due_at, 'infinity'), t.task) > (:rank, :due::timestamptz, :place)
            """;

    private final JdbcClient db;
    private final Vault vault;

    OpenTasks(JdbcClient db, Vault vault) {
        this.vault = vault;
        this.db = db;
    }

    /**
     * The most urgent first; within a priority what is due first, so that what is overdue leads. The index
     * {@code task_in_order} has this order.
     */
    List<WorklistRow> list(List<String> senders, WorklistFilter filter, String person, Instant now, int limit) {
        var sql = COLUMNS + TASKS + OPEN + "and " + WANTED + (filter.after() == null ? "" : "and " + BEYOND)
                + "order by rank, t.due_at nulls last, t.task limit :limit";
        var statement = wanted(db.sql(sql), senders, filter, person, now).param("limit", limit);
        var after = filter.after();
        if (after != null) {
            statement = statement
                    .param("rank", after.rank())
                    .param("due", dueText(after))
                    .param("place", after.task());
        }
        return statement.query((row, number) -> WorklistRow.of(row, vault)).list();
    }

    /** How many open tasks there are of each kind, and how many the filter lets through. */
    WorklistCounts counts(List<String> senders, WorklistFilter filter, String person, Instant now) {
        var sql = """
                select t.code, t.priority, coalesce(r.condition_group, 'none') as condition,
                       case when t.owner is null then 'nobody' when t.owner = :person then 'mine' else 'others' end as owner,
                       coalesce(t.due_at < :now, false) as overdue,
                       count(*) as tasks, count(*) filter (where %s) as wanted
                """.formatted(WANTED) + TASKS + OPEN + "group by grouping sets ((1), (2), (3), (4), (5), ())";
        var counts = new WorklistCounts.Builder();
        wanted(db.sql(sql), senders, filter, person, now).query(counts);
        return counts.build();
    }

    /** One task as the list would show it, open or not. */
    Optional<WorklistRow> find(List<String> senders, UUID task) {
        return db.sql(COLUMNS + TASKS + "and t.task = :task")
                .param("senders", senders)
                .param("task", task)
                .query((row, number) -> WorklistRow.of(row, vault))
                .optional();
    }

    /** All tasks of a referral, the coordination task first. */
    List<WorklistRow> ofReferral(String sender, UUID referral) {
        return db.sql(COLUMNS + TASKS
                        + "and t.referral = :referral order by t.part_of nulls first, t.opened_at, t.task")
                .param("senders", List.of(sender))
                .param("referral", referral)
                .query((row, number) -> WorklistRow.of(row, vault))
                .list();
    }

    private static JdbcClient.StatementSpec wanted(
            JdbcClient.StatementSpec statement,
            List<String> senders,
            WorklistFilter filter,
            String person,
            Instant now) {
        return statement
                .param("senders", senders)
                .param("code", filter.task(), Types.VARCHAR)
                .param("owner", filter.owner(), Types.VARCHAR)
                .param("person", person)
                .param("priority", filter.priority(), Types.VARCHAR)
                .param("overdue", filter.overdue())
                .param("now", Timestamp.from(now))
                .param("condition", filter.condition(), Types.VARCHAR);
    }

    private static String dueText(Position after) {
        return after.dueMicros() == Long.MAX_VALUE
                ? "infinity"
                : Instant.EPOCH.plus(after.dueMicros(), ChronoUnit.MICROS).toString();
    }
}
