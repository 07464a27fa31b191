package org.referralgateway.api.assessment;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.outbox.Outbox;
import org.referralgateway.api.vault.Places;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.events.TaskEvent;
import org.referralgateway.events.TaskId;
import org.referralgateway.events.TaskStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The tasks of all referrals: opened once, changed only by whoever knows their current version, every change an event. */
@Component
public class AssessmentTasks {

    /** Stage of a coordination task whose placer asked to cancel after work had begun. */
    static final String CANCELLATION_REQUESTED = "cancellation-requested";

    /** Why a task ended whose referral's person was erased. */
    static final String ERASED = "erased";

    /** The task in which somebody agrees to that. */
    public static final String CONFIRM_CANCELLATION = "confirm-cancellation";

    private final JdbcClient db;
    private final Outbox outbox;
    private final Clock clock;
    private final Vault vault;

    AssessmentTasks(JdbcClient db, Outbox outbox, Clock clock, Vault vault) {
        this.vault = vault;
        this.db = db;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Opens tasks of one referral, each unless its reason has opened one for this referral already.
     *
     * @return those that are new
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<AssessmentTask> open(List<AssessmentTask> tasks, String actor, @Nullable String traceparent) {
        if (tasks.isEmpty()) {
            return List.of();
        }
        var isNew = inserted(tasks, actor);
        var opened = tasks.stream().filter(task -> isNew.contains(task.id())).toList();
        outbox.append(
                tasks.getFirst().sender(),
                tasks.getFirst().referral(),
                opened.stream().map(AssessmentTasks::opened).toList(),
                traceparent);
        return opened;
    }

    private Set<UUID> inserted(List<AssessmentTask> tasks, String actor) {
        return new HashSet<>(db.sql("""
                        with opened as (
                            insert into task (sender, task, referral, code, part_of, status, business_status, owner_role,
                                              priority, due_at, because, version, opened_at, updated_at)
                            select :sender, task, :referral, code, part_of, status, business_status, owner_role,
                                   priority, due_at::timestamptz, because, 1, :now::timestamptz, :now::timestamptz
                            from unnest(:tasks::uuid[], :codes::text[], :partOfs::uuid[], :statuses::text[],
                                        :businessStatuses::text[], :ownerRoles::text[], :priorities::text[],
                                        :dueAts::text[], :becauses::text[]) with ordinality
                                as new(task, code, part_of, status, business_status, owner_role, priority, due_at, because,
                                       place)
                            order by place
                            on conflict do nothing
                            returning task, status, business_status
                        ),
                        remembered as (
                            insert into task_history (sender, task, version, status, business_status, actor, at)
                            select :sender, task, 1, status, business_status, :actor, :now::timestamptz from opened
                        )
                        select task from opened
                        """)
                .param("sender", tasks.getFirst().sender())
                .param("referral", tasks.getFirst().referral())
                .param("now", Timestamp.from(tasks.getFirst().openedAt()))
                .param("actor", actor)
                .param("tasks", array("uuid", tasks, AssessmentTask::id))
                .param("codes", array("text", tasks, AssessmentTask::code))
                .param("partOfs", array("uuid", tasks, AssessmentTask::partOf))
                .param("statuses", array("text", tasks, task -> task.status().code()))
                .param("businessStatuses", array("text", tasks, AssessmentTask::businessStatus))
                .param("ownerRoles", array("text", tasks, AssessmentTask::ownerRole))
                .param(
                        "priorities",
                        array("text", tasks, task -> task.priority().code()))
                .param(
                        "dueAts",
                        array(
                                "text",
                                tasks,
                                task -> task.dueAt() == null
                                        ? null
                                        : task.dueAt().toString()))
                .param("becauses", array("text", tasks, AssessmentTask::because))
                .query((row, number) -> row.getObject("task", UUID.class))
                .list());
    }

    private static SqlArrayValue array(
            String type, List<AssessmentTask> tasks, Function<AssessmentTask, @Nullable Object> column) {
        return new SqlArrayValue(type, tasks.stream().map(column).toArray());
    }

    private static TaskEvent.Opened opened(AssessmentTask task) {
        return new TaskEvent.Opened(
                new TaskId(task.id()),
                task.code(),
                task.partOf() == null ? null : new TaskId(task.partOf()),
                task.status(),
                task.ownerRole(),
                task.priority(),
                task.dueAt(),
                task.because());
    }

    /**
     * Changes a task if it still has the version that the caller saw.
     *
     * @param actor who does it, as in the audit trail
     */
    @Transactional
    public TaskChangeResult change(String sender, UUID id, int expectedVersion, TaskChange change, String actor) {
        var found = db.sql("select * from task where sender = :sender and task = :task for update")
                .param("sender", sender)
                .param("task", id)
                .query((row, number) -> AssessmentTask.of(row, vault))
                .optional();
        if (found.isEmpty()) {
            return new TaskChangeResult.Unknown();
        }
        var current = found.get();
        if (current.version() != expectedVersion) {
            return new TaskChangeResult.Stale(current, lastActor(current));
        }
        if (!TaskTransitions.allowed(current.isCoordination(), current.status(), change.status())
                && !isAgreedCancellation(current, change)
                && !isErasure(current, change)) {
            return new TaskChangeResult.NotAllowed(current);
        }
        var note = vault.lockIfAny(current.referral(), Places.taskNote(sender, id), change.statusNote());
        var changed = update(current, change, note);
        remember(changed, note, actor);
        outbox.append(
                sender,
                changed.referral(),
                new TaskEvent.Changed(
                        new TaskId(id),
                        changed.code(),
                        changed.version(),
                        changed.status(),
                        changed.businessStatus(),
                        changed.statusReason()),
                null);
        return new TaskChangeResult.Changed(changed);
    }

    private static boolean isErasure(AssessmentTask current, TaskChange change) {
        return current.status().isOpen()
                && change.status() == TaskStatus.CANCELLED
                && ERASED.equals(change.statusReason());
    }

    /** Once work has begun, cancelling is only possible where the placer asked for it (COW's abort handshake). */
    private static boolean isAgreedCancellation(AssessmentTask current, TaskChange change) {
        return current.isCoordination()
                && current.status().isOpen()
                && CANCELLATION_REQUESTED.equals(current.businessStatus())
                && change.status() == TaskStatus.CANCELLED;
    }

    /**
     * Ends all work on a referral that its placer called off, once somebody of the clinic has agreed.
     *
     * @param actor who agreed, as in the audit trail
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void agreeToCancellation(String sender, UUID referral, String actor) {
        of(sender, referral).stream()
                .filter(task -> task.status().isOpen())
                .forEach(task -> change(
                        sender,
                        task.id(),
                        task.version(),
                        new TaskChange(TaskStatus.CANCELLED, null, "revoked-by-placer", null, task.owner()),
                        actor));
    }

    private AssessmentTask update(AssessmentTask current, TaskChange change, @Nullable String note) {
        return db.sql("""
                        update task
                        set status = :status, business_status = :businessStatus, status_reason = :statusReason,
                            status_note = :statusNote, owner = :owner, version = version + 1, updated_at = :now
                        where sender = :sender and task = :task and version = :version
                        returning *
                        """)
                .param("status", change.status().code())
                .param("businessStatus", change.businessStatus(), Types.VARCHAR)
                .param("statusReason", change.statusReason(), Types.VARCHAR)
                .param("statusNote", note, Types.VARCHAR)
                .param("owner", change.owner(), Types.VARCHAR)
                .param("now", Timestamp.from(clock.instant()))
                .param("sender", current.sender())
                .param("task", current.id())
                .param("version", current.version())
                .query((row, number) -> AssessmentTask.of(row, vault))
                .single();
    }

    private void remember(AssessmentTask task, @Nullable String note, String actor) {
        db.sql("""
                        insert into task_history (sender, task, version, status, business_status, status_reason, status_note,
                                                  owner, actor, at)
                        values (:sender, :task, :version, :status, :businessStatus, :statusReason, :statusNote,
                                :owner, :actor, :at)
                        """)
                .param("sender", task.sender())
                .param("task", task.id())
                .param("version", task.version())
                .param("status", task.status().code())
                .param("businessStatus", task.businessStatus(), Types.VARCHAR)
                .param("statusReason", task.statusReason(), Types.VARCHAR)
                .param("statusNote", note, Types.VARCHAR)
                .param("owner", task.owner(), Types.VARCHAR)
                .param("actor", actor)
                .param("at", Timestamp.from(task.updatedAt()))
                .update();
    }

    private String lastActor(AssessmentTask task) {
        return db.sql("""
                        select actor from task_history
                        where sender = :sender and task = :task
                        order by version desc limit 1
                        """)
                .param("sender", task.sender())
                .param("task", task.id())
                .query(String.class)
                .single();
    }

    public Optional<AssessmentTask> find(String sender, UUID id) {
        return db.sql("select * from task where sender = :sender and task = :task")
                .param("sender", sender)
                .param("task", id)
                .query((row, number) -> AssessmentTask.of(row, vault))
                .optional();
    }

    /** All tasks of a referral, the coordination task first, then in the order in which they were opened. */
    public List<AssessmentTask> of(String sender, UUID referral) {
        return db.sql("""
                        select * from task where sender = :sender and referral = :referral
                        order by part_of nulls first, opened_at, task
                        """)
                .param("sender", sender)
                .param("referral", referral)
                .query((row, number) -> AssessmentTask.of(row, vault))
                .list();
    }
}
