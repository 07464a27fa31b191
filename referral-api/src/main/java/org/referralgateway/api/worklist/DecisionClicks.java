package org.referralgateway.api.worklist;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.referralgateway.api.assessment.AssessmentTask;
import org.referralgateway.api.assessment.AssessmentTasks;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.platform.Identity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets one of several people who decide about a referral at the same time win: the task they saw must still have its
 * version, and the referral must still be undecided. One transaction each.
 */
@Component
class DecisionClicks {

    private final JdbcClient db;
    private final AssessmentTasks tasks;
    private final Decisions decisions;
    private final TaskClicks clicks;
    private final Identity identity;
    private final AuditTrail trail;
    private final Clock clock;

    DecisionClicks(
            JdbcClient db,
            AssessmentTasks tasks,
            Decisions decisions,
            TaskClicks clicks,
            Identity identity,
            AuditTrail trail,
            Clock clock) {
        this.db = db;
        this.tasks = tasks;
        this.decisions = decisions;
        this.clicks = clicks;
        this.identity = identity;
        this.trail = trail;
        this.clock = clock;
    }

    @Transactional
    ClickResult decide(Decision decision, Click click) {
        var locked = lock(click.task());
        if (locked.isEmpty()) {
            return new ClickResult.Unknown();
        }
        var of = locked.get();
        if (of.task().version() != click.version() || !of.task().status().isOpen()) {
            return lost(decision, click, of.task());
        }
        if (!of.isUndecided()) {
            return lost(decision, click, of.coordination());
        }
        decisions.carryOut(decision, of, click.person());
        trail.append(entry(decision, click, of.task(), "success"));
        return new ClickResult.Done();
    }

    /**
     * All tasks of the referral at once and always in the same order, before the referral's own row, which every event
     * locks: otherwise two decisions from different tasks, or a decision and a claim, could wait for each other.
     */
    private Optional<LockedTasks> lock(UUID task) {
        var found = identity.clinicSenders().stream()
                .flatMap(sender -> tasks.find(sender, task).stream())
                .findFirst();
        found.ifPresent(this::lockSiblings);
        return found.flatMap(before -> {
            var all = tasks.of(before.sender(), before.referral());
            var now = all.stream().filter(each -> each.id().equals(task)).findFirst();
            var coordination =
                    all.stream().filter(AssessmentTask::isCoordination).findFirst();
            return now.flatMap(clicked -> coordination.map(above -> new LockedTasks(clicked, above, all)));
        });
    }

    private void lockSiblings(AssessmentTask task) {
        db.sql("select task from task where sender = :sender and referral = :referral order by task for update")
                .param("sender", task.sender())
                .param("referral", task.referral())
                .query(UUID.class)
                .list();
    }

    private ClickResult lost(Decision decision, Click click, AssessmentTask current) {
        trail.append(entry(decision, click, current, "conflict"));
        return new ClickResult.Lost(clicks.lastChange(current));
    }

    private AuditEntry entry(Decision decision, Click click, AssessmentTask task, String outcome) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("task", task.id());
        detail.put("code", task.code());
        detail.put("taskVersion", click.version());
        var action = switch (decision) {
            case Decision.Accept() -> "referral.accepted";
            case Decision.Decline decline -> {
                detail.put("reason", decline.reason());
                yield "referral.declined";
            }
            case Decision.Ask ask -> {
                detail.put("items", ask.items());
                yield "information.requested";
            }
        };
        return new AuditEntry(
                task.sender(),
                clock.instant(),
                click.actor(),
                action,
                outcome,
                task.referral(),
                null,
                click.requestId(),
                detail);
    }
}
