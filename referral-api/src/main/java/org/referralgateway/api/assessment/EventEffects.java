package org.referralgateway.api.assessment;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.assessment.Pathway.Trigger;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.platform.Ids;
import org.referralgateway.events.Conclusions.TriageLevel;
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
    private static final String REVOKED_BY_PLACER = "revoked-by-placer";
    private static final String ENTERED_IN_ERROR = "entered-in-error";

    private final AssessmentTasks tasks;
    private final Pathway pathway;
    private final PossibleDuplicates duplicates;
    private final AuditTrail audit;
    private final JdbcClient db;
    private final Ids ids;
    private final Clock clock;

    EventEffects(
            AssessmentTasks tasks,
            Pathway pathway,
            PossibleDuplicates duplicates,
            AuditTrail audit,
            JdbcClient db,
            Ids ids,
            Clock clock) {
        this.duplicates = duplicates;
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
            case ReferralEvent.Amended amended -> amended(event, amended);
            case ReferralEvent.Cancelled cancelled ->
                calledOff(event, cancelled.coordinationTask().value(), REVOKED_BY_PLACER);
            case ReferralEvent.WithdrawnInError withdrawn ->
                calledOff(event, withdrawn.coordinationTask().value(), ENTERED_IN_ERROR);
            case ReferralEvent.Erased erased -> erased(event);
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
        var first = coordinationTask(event, coordination, facts.priority());
        open(event, Trigger.REFERRAL_RECEIVED, List.of(first), coordination, HowSoon.of(facts), facts);
    }

    /** An amendment that does not matter for triage opens only what every amendment opens. */
    private void amended(EventEnvelope event, ReferralEvent.Amended amended) {
        var facts = amended.content();
        var stillOpen = tasks.of(event.sender(), event.referral().value()).stream()
                .filter(task -> task.status().isOpen())
                .map(AssessmentTask::code)
                .collect(Collectors.toSet());
        var about = new When.Case(facts, amended.retriage(), duplicates.look(event));
        var toOpen = new ArrayList<AssessmentTask>();
        for (var rule : pathway.on(Trigger.REFERRAL_AMENDED)) {
            boolean matters = amended.retriage() || rule.when() instanceof When.Always;
            if (matters && rule.when().holds(about) && !stillOpen.contains(rule.opens())) {
                var because = rule.name() + "-v" + amended.version();
                toOpen.add(task(event, amended.coordinationTask().value(), HowSoon.of(facts), rule, because));
            }
        }
        openedAudited(
                event,
                Trigger.REFERRAL_AMENDED,
                tasks.open(toOpen, ACTOR, event.traceparent()).size());
    }

    /**
     * What is open ends; where work has begun the placer can only ask (COW's abort handshake), so that the coordination
     * task says so and somebody is asked to agree.
     */
    private void calledOff(EventEnvelope event, UUID coordination, String reason) {
        var open = tasks.of(event.sender(), event.referral().value()).stream()
                .filter(task -> task.status().isOpen())
                .toList();
        var begun = open.stream().anyMatch(task -> task.isCoordination() && hasBegun(task));
        if (begun) {
            open.stream()
                    .filter(AssessmentTask::isCoordination)
                    .forEach(task -> change(
                            task,
                            new TaskChange(
                                    task.status(),
                                    AssessmentTasks.CANCELLATION_REQUESTED,
                                    reason,
                                    null,
                                    task.owner())));
            decided(event, Trigger.CANCELLATION_REQUESTED);
        } else {
            open.forEach(task -> change(task, new TaskChange(TaskStatus.CANCELLED, null, reason, null, task.owner())));
            decided(event, Trigger.REFERRAL_CANCELLED);
        }
    }

    /** There is nobody left to work on. */
    private void erased(EventEnvelope event) {
        tasks.of(event.sender(), event.referral().value()).stream()
                .filter(task -> task.status().isOpen())
                .forEach(task -> change(
                        task, new TaskChange(TaskStatus.CANCELLED, null, AssessmentTasks.ERASED, null, task.owner())));
    }

    private static boolean hasBegun(AssessmentTask coordination) {
        return coordination.status() == TaskStatus.IN_PROGRESS || coordination.status() == TaskStatus.ON_HOLD;
    }

    /** A click that came in between wins its version; the change is then made on top of it. */
    private void change(AssessmentTask seen, TaskChange change) {
        if (tasks.change(seen.sender(), seen.id(), seen.version(), change, ACTOR)
                instanceof TaskChangeResult.Stale stale) {
            var now = stale.current();
            if (now.status().isOpen()) {
                change(now, change);
            }
        }
    }

    private void decided(EventEnvelope event, Trigger trigger) {
        var coordination = db.sql("""
                        select r.coordination_task, r.priority, r.triage_level from referral r
                        where r.sender = :sender and r.referral = :referral
                        """)
                .param("sender", event.sender())
                .param("referral", event.referral().value())
                .query((row, number) -> new Coordination(
                        row.getObject("coordination_task", UUID.class),
                        HowSoon.of(Urgency.of(row.getString("priority")), level(row.getString("triage_level")))))
                .single();
        open(event, trigger, List.of(), coordination.task(), coordination.howSoon(), null);
    }

    private static @Nullable TriageLevel level(@Nullable String code) {
        return Arrays.stream(TriageLevel.values())
                .filter(level -> level.code().equals(code))
                .findFirst()
                .orElse(null);
    }

    private record Coordination(UUID task, HowSoon howSoon) {}

    /**
     * Opens what the pathway asks for; a rule whose condition needs facts of the referral is for its receipt only.
     *
     * @param first what is opened in any case, before it
     */
    private void open(
            EventEnvelope event,
            Trigger trigger,
            List<AssessmentTask> first,
            UUID coordination,
            HowSoon howSoon,
            @Nullable ReferralFacts facts) {
        var about = facts == null ? null : new When.Case(facts, false, duplicates.look(event));
        var toOpen = new ArrayList<>(first);
        for (var rule : pathway.on(trigger)) {
            if (about == null ? rule.when() instanceof When.Always : rule.when().holds(about)) {
                toOpen.add(task(event, coordination, howSoon, rule, rule.name()));
            }
        }
        var opened = tasks.open(toOpen, ACTOR, event.traceparent());
        openedAudited(event, trigger, (int)
                opened.stream().filter(task -> !first.contains(task)).count());
    }

    private void openedAudited(EventEnvelope event, Trigger trigger, int opened) {
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

    private AssessmentTask task(
            EventEnvelope event, UUID coordination, HowSoon howSoon, Pathway.Rule rule, String because) {
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
                howSoon.urgency(),
                howSoon.due(rule.due()).after(event.time(), pathway.zone()),
                because,
                1,
                now,
                now);
    }
}
