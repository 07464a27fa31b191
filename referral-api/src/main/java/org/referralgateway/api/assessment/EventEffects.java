package org.referralgateway.api.assessment;

import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.assessment.Pathway.Trigger;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.platform.Ids;
import org.referralgateway.events.EventEnvelope;
import org.referralgateway.events.ReferralEvent;
import org.referralgateway.events.ReferralFacts;
import org.referralgateway.events.TaskEvent;
import org.referralgateway.events.TaskStatus;
import org.referralgateway.events.Urgency;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What each event does: it opens tasks, as the pathway says. */
@Component
class EventEffects {

    private static final String ACTOR = "system:assessment";

    private final AssessmentTasks tasks;
    private final Pathway pathway;
    private final AuditTrail audit;
    private final JdbcClient db;
    private final Ids ids;
    private final Clock clock;

    EventEffects(AssessmentTasks tasks, Pathway pathway, AuditTrail audit, JdbcClient db, Ids ids, Clock clock) {
        this.tasks = tasks;
        this.pathway = pathway;
        this.audit = audit;
        this.db = db;
        this.ids = ids;
        this.clock = clock;
    }

    void apply(EventEnvelope event) {
        switch (event.event()) {
            case ReferralEvent.Received received -> received(event, received);
            case ReferralEvent.TriageDecided decided ->
                decided(
                        event,
                        switch (decided.outcome()) {
                            case ACCEPTED -> Trigger.TRIAGE_ACCEPTED;
                            case DECLINED -> Trigger.TRIAGE_DECLINED;
                        });
            case ReferralEvent.InformationRequested requested -> decided(event, Trigger.INFORMATION_REQUESTED);
            case TaskEvent ours -> {
                // our own events about tasks have no further effect here
            }
        }
    }

    private void received(EventEnvelope event, ReferralEvent.Received received) {
        var facts = received.content();
        var coordination = received.coordinationTask().value();
        tasks.open(coordinationTask(event, coordination, facts.priority()), ACTOR, event.traceparent());
        open(event, Trigger.REFERRAL_RECEIVED, coordination, facts.priority(), facts);
    }

    private void decided(EventEnvelope event, Trigger trigger) {
        var coordination = db.sql("""
                        select r.coordination_task, r.priority from referral r
                        where r.sender = :sender and r.referral = :referral
                        """)
                .param("sender", event.sender())
                .param("referral", event.referral().value())
                .query((row, number) -> new Coordination(
                        row.getObject("coordination_task", UUID.class), Urgency.of(row.getString("priority"))))
                .single();
        open(event, trigger, coordination.task(), coordination.priority(), null);
    }

    private record Coordination(UUID task, Urgency priority) {}

    /** Opens what the pathway asks for; a rule whose condition needs facts of the referral is for its receipt only. */
    private void open(
            EventEnvelope event, Trigger trigger, UUID coordination, Urgency priority, @Nullable ReferralFacts facts) {
        int opened = 0;
        for (var rule : pathway.on(trigger)) {
            if (facts == null
                    ? rule.when() == Pathway.Condition.ALWAYS
                    : rule.when().holds(facts)) {
                opened += tasks.open(task(event, coordination, priority, rule), ACTOR, event.traceparent()) ? 1 : 0;
            }
        }
        audit.append(new AuditEntry(
                event.sender(),
                clock.instant(),
                ACTOR,
                "tasks.opened",
                "success",
                event.referral().value(),
                null,
                null,
                java.util.Map.of(
                        "event",
                        event.id(),
                        "trigger",
                        trigger.word(),
                        "tasks",
                        opened,
                        "pathway",
                        pathway.version())));
    }

    /** Received already: the clinic has it, and the placer sees so. */
    private AssessmentTask coordinationTask(EventEnvelope event, UUID id, Urgency priority) {
        var now = clock.instant();
        return new AssessmentTask(
                event.sender(),
                id,
                event.referral().value(),
                AssessmentTask.COORDINATION,
                null,
                TaskStatus.RECEIVED,
                "received",
                null,
                null,
                "coordinator",
                null,
                priority,
                null,
                "coordination-on-receipt",
                1,
                now,
                now);
    }

    private AssessmentTask task(EventEnvelope event, UUID coordination, Urgency priority, Pathway.Rule rule) {
        var now = clock.instant();
        return new AssessmentTask(
                event.sender(),
                ids.next(),
                event.referral().value(),
                rule.opens(),
                coordination,
                TaskStatus.REQUESTED,
                null,
                null,
                null,
                rule.owner(),
                null,
                priority,
                java.util.Objects.requireNonNull(rule.due().get(priority)).after(event.time(), pathway.zone()),
                rule.name(),
                1,
                now,
                now);
    }
}
