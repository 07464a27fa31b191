package org.referralgateway.api.worklist;

import static org.referralgateway.events.TaskStatus.ACCEPTED;
import static org.referralgateway.events.TaskStatus.CANCELLED;
import static org.referralgateway.events.TaskStatus.IN_PROGRESS;
import static org.referralgateway.events.TaskStatus.RECEIVED;
import static org.referralgateway.events.TaskStatus.REJECTED;
import static org.referralgateway.events.TaskStatus.REQUESTED;

import java.util.Set;
import java.util.function.Predicate;
import org.referralgateway.api.assessment.AssessmentTask;
import org.referralgateway.api.assessment.AssessmentTasks;
import org.referralgateway.api.assessment.TaskChange;
import org.referralgateway.api.assessment.TaskChangeResult.Changed;
import org.referralgateway.api.outbox.Outbox;
import org.referralgateway.events.ReferralEvent;
import org.referralgateway.events.TriageOutcome;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What a decision does to the tasks of a referral, and what the world is told. The caller has locked them all. */
@Component
class Decisions {

    static final String AWAITING_INFORMATION = "awaiting-information";

    /** Asking the referrer is what these are for; any other task goes on once the answer is there. */
    private static final Set<String> DONE_BY_ASKING = Set.of("completeness-check", "request-information");

    private final AssessmentTasks tasks;
    private final Outbox outbox;

    Decisions(AssessmentTasks tasks, Outbox outbox) {
        this.tasks = tasks;
        this.outbox = outbox;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void carryOut(Decision decision, LockedTasks of, String person) {
        switch (decision) {
            case Decision.Accept() -> accept(of, person);
            case Decision.Decline decline -> decline(decline, of, person);
            case Decision.Ask ask -> ask(ask, of, person);
        }
    }

    private void accept(LockedTasks of, String person) {
        change(
                of.coordination(),
                new TaskChange(
                        ACCEPTED, "accepted", null, null, of.coordination().owner()),
                person);
        of.openUnderIt().stream()
                .filter(isThe(of.task()).or(task -> task.code().equals("triage")))
                .forEach(task -> change(task, TaskChange.completedBy(person), person));
        tell(of, new ReferralEvent.TriageDecided(TriageOutcome.ACCEPTED, null));
    }

    private void decline(Decision.Decline decline, LockedTasks of, String person) {
        var rejected = new TaskChange(
                REJECTED,
                "declined",
                decline.reason(),
                decline.note(),
                of.coordination().owner());
        change(of.coordination(), rejected, person);
        for (var task : of.openUnderIt()) {
            var cancelled = new TaskChange(CANCELLED, null, "referral-declined", null, task.owner());
            change(task, isThe(of.task()).test(task) ? TaskChange.completedBy(person) : cancelled, person);
        }
        tell(of, new ReferralEvent.TriageDecided(TriageOutcome.DECLINED, decline.reason()));
    }

    private void ask(Decision.Ask ask, LockedTasks of, String person) {
        var coordination = of.coordination();
        var status = coordination.status() == REQUESTED ? RECEIVED : coordination.status();
        change(
                coordination,
                new TaskChange(status, AWAITING_INFORMATION, null, ask.note(), coordination.owner()),
                person);
        of.openUnderIt().stream().filter(isThe(of.task())).forEach(task -> {
            var waiting = new TaskChange(IN_PROGRESS, AWAITING_INFORMATION, null, null, person);
            change(task, DONE_BY_ASKING.contains(task.code()) ? TaskChange.completedBy(person) : waiting, person);
        });
        tell(of, new ReferralEvent.InformationRequested(ask.items()));
    }

    private static Predicate<AssessmentTask> isThe(AssessmentTask task) {
        return other -> other.id().equals(task.id());
    }

    private void change(AssessmentTask task, TaskChange change, String person) {
        var result = tasks.change(task.sender(), task.id(), task.version(), change, "person:" + person);
        if (!(result instanceof Changed)) {
            throw new IllegalStateException("Task " + task.id() + " is locked and undecided and yet gave " + result);
        }
    }

    private void tell(LockedTasks of, ReferralEvent event) {
        outbox.append(of.task().sender(), of.task().referral(), event, null);
    }
}
