package org.referralgateway.api.worklist;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.referralgateway.api.assessment.AssessmentTask;
import org.referralgateway.api.assessment.AssessmentTasks;
import org.referralgateway.api.assessment.TaskChange;
import org.referralgateway.api.assessment.TaskChangeResult;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.platform.Identity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Taking a task, giving it back, and having done it: by whoever knows its version, in one transaction each. */
@Component
class TaskClicks {

    private final AssessmentTasks tasks;
    private final Identity identity;
    private final AuditTrail trail;
    private final JdbcClient db;
    private final Clock clock;

    TaskClicks(AssessmentTasks tasks, Identity identity, AuditTrail trail, JdbcClient db, Clock clock) {
        this.tasks = tasks;
        this.identity = identity;
        this.trail = trail;
        this.db = db;
        this.clock = clock;
    }

    /** What can be done with a task in one click. */
    enum Kind {
        CLAIM("claimed", TaskChange::claimedBy),
        RELEASE("released", person -> TaskChange.released()),
        COMPLETE("completed", TaskChange::completedBy);

        private final String past;
        private final Function<String, TaskChange> change;

        Kind(String past, Function<String, TaskChange> change) {
            this.past = past;
            this.change = change;
        }

        /** Names the notice on the page, and the action on the trail as {@code task.<past>}. */
        String past() {
            return past;
        }
    }

    @Transactional
    ClickResult click(Kind kind, Click click) {
        var found = find(click.task());
        if (found.isEmpty() || found.getFirst().isCoordination()) {
            return new ClickResult.Unknown();
        }
        var sender = found.getFirst().sender();
        var change = kind.change.apply(click.person());
        return switch (tasks.change(sender, click.task(), click.version(), change, click.actor())) {
            case TaskChangeResult.Changed(var task) -> {
                trail.append(entry(kind, click, task, "success"));
                if (kind == Kind.COMPLETE && task.code().equals(AssessmentTasks.CONFIRM_CANCELLATION)) {
                    tasks.agreeToCancellation(sender, task.referral(), click.actor());
                }
                yield new ClickResult.Done();
            }
            case TaskChangeResult.Stale stale -> lost(kind, click, stale.current());
            case TaskChangeResult.NotAllowed closed -> lost(kind, click, closed.current());
            case TaskChangeResult.Unknown() -> new ClickResult.Unknown();
        };
    }

    private ClickResult lost(Kind kind, Click click, AssessmentTask current) {
        trail.append(entry(kind, click, current, "conflict"));
        return new ClickResult.Lost(lastChange(current));
    }

    LastChange lastChange(AssessmentTask task) {
        return db.sql("""
                        select :coordination as coordination, actor, at, status, business_status
                        from task_history
                        where sender = :sender and task = :task
                        order by version desc limit 1
                        """)
                .param("coordination", task.isCoordination())
                .param("sender", task.sender())
                .param("task", task.id())
                .query(LastChange::of)
                .single();
    }

    private List<AssessmentTask> find(UUID task) {
        return identity.clinicSenders().stream()
                .flatMap(sender -> tasks.find(sender, task).stream())
                .toList();
    }

    private AuditEntry entry(Kind kind, Click click, AssessmentTask task, String outcome) {
        return new AuditEntry(
                task.sender(),
                clock.instant(),
                click.actor(),
                "task." + kind.past,
                outcome,
                task.referral(),
                null,
                click.requestId(),
                Map.of("task", task.id(), "code", task.code(), "taskVersion", task.version()));
    }
}
