package org.referralgateway.events;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One event of each type, with every component filled. */
final class ExampleEvents {

    static final ReferralId REFERRAL = ReferralId.of("0199f2d0-5c00-7000-8000-000000000001");
    private static final TaskId COORDINATION = TaskId.of("0199f2d0-5c00-7000-8000-000000000002");
    private static final TaskId CHECK = TaskId.of("0199f2d0-5c00-7000-8000-000000000003");

    private ExampleEvents() {}

    static GatewayEvent of(EventType type) {
        return switch (type) {
            case REFERRAL_RECEIVED_V1 -> new ReferralEvent.Received(COORDINATION, 1, facts());
            case REFERRAL_AMENDED_V1 ->
                new ReferralEvent.Amended(COORDINATION, 2, facts(), List.of("treatments", "patient-contact"), true);
            case REFERRAL_CANCELLED_V1 -> new ReferralEvent.Cancelled(COORDINATION, 3);
            case REFERRAL_WITHDRAWN_IN_ERROR_V1 -> new ReferralEvent.WithdrawnInError(COORDINATION, 3);
            case REFERRAL_ERASED_V1 -> new ReferralEvent.Erased(COORDINATION, "person-asked");
            case TRIAGE_DECIDED_V1 -> new ReferralEvent.TriageDecided(TriageOutcome.DECLINED, "service-inappropriate");
            case INFORMATION_REQUESTED_V1 -> new ReferralEvent.InformationRequested(List.of("pain-intensity"));
            case TASK_OPENED_V1 ->
                new TaskEvent.Opened(
                        CHECK,
                        "completeness-check",
                        COORDINATION,
                        TaskStatus.REQUESTED,
                        "coordinator",
                        Urgency.URGENT,
                        Instant.parse("2026-03-04T16:00:00Z"),
                        "completeness-check-on-receipt");
            case TASK_CHANGED_V1 ->
                new TaskEvent.Changed(
                        COORDINATION, "coordination", 2, TaskStatus.REJECTED, "declined", "service-inappropriate");
        };
    }

    static EventEnvelope enveloped(GatewayEvent event) {
        return new EventEnvelope(
                UUID.fromString("0199f2d0-5c00-7000-8000-0000000000ff"),
                "demo",
                REFERRAL,
                7,
                Instant.parse("2026-03-02T09:15:30.123456Z"),
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                event);
    }

    private static ReferralFacts facts() {
        return new ReferralFacts(
                "transaction-bundle",
                Urgency.URGENT,
                false,
                "2026-03-02T10:15:00+01:00",
                List.of(new ReferralFacts.Reason(
                        "http://hl7.org/fhir/sid/icd-10-cm",
                        "G90.511",
                        "complex-regional-pain-syndrome-1",
                        "diagnostic")),
                List.of(new ReferralFacts.Treatment("gabapentin", "gabapentinoid", "stopped")),
                List.of(new ReferralFacts.Measurement(
                        "http://loinc.org", "72514-3", new BigDecimal("8"), "{score}", "2026-03-01")),
                List.of(
                        new ReferralFacts.CompletenessItem("pain-intensity", "required", "present"),
                        new ReferralFacts.CompletenessItem("blood-pressure", "required", "missing")),
                1,
                List.of(new ReferralFacts.Issue(
                        Severity.INFORMATION, "priority-assumed", "Bundle.entry[0].resource.priority")),
                conclusions());
    }

    private static Conclusions conclusions() {
        return new Conclusions(
                "2026-11-a-5f3c09d2",
                new Conclusions.Indication(
                        "complex-regional-pain-syndrome-1",
                        null,
                        Conclusions.Certainty.CODED,
                        List.of(),
                        basis("diagnostic-code", "reasons[0].concept")),
                List.of(new Conclusions.Trial(
                        "treatments[0]",
                        "gabapentin",
                        "gabapentinoid",
                        "anti-epileptic",
                        56,
                        null,
                        Conclusions.TrialOutcome.INSUFFICIENT_INFORMATION,
                        false,
                        new Conclusions.Basis("trial", List.of("treatments[0].start"), List.of("treatments[0].dose")))),
                new Conclusions.Resistance(
                        "clinic-default",
                        Conclusions.Answer.UNCLEAR,
                        List.of(new Conclusions.Criterion(
                                "anti-epileptic-failed",
                                Conclusions.Answer.UNCLEAR,
                                basis("anti-epileptic-failed", "treatments[0]")))),
                List.of(new Conclusions.ScreeningFinding(
                        "blood-pressure-systolic",
                        Conclusions.ScreeningLevel.REVIEW,
                        new BigDecimal("152"),
                        "mm[Hg]",
                        basis("blood-pressure-systolic", "measurements[0]"))),
                List.of(new Conclusions.RedFlag("suicidality", basis("phq-9-item-9", "measurements[1]"))),
                new Conclusions.OpioidDose(
                        new BigDecimal("60"),
                        true,
                        List.of(new Conclusions.OpioidLine(
                                "treatments[1]",
                                "oxycodone",
                                new BigDecimal("40"),
                                "mg",
                                new BigDecimal("1.5"),
                                new BigDecimal("60"))),
                        basis("opioid-dose", "treatments[1]")),
                new Conclusions.Triage(
                        Conclusions.TriageLevel.EMERGENCY_REDIRECT,
                        List.of(new Conclusions.Fired(
                                Conclusions.TriageLevel.EMERGENCY_REDIRECT, basis("red-flag", "measurements[1]")))));
    }

    private static Conclusions.Basis basis(String rule, String used) {
        return new Conclusions.Basis(rule, List.of(used), List.of());
    }
}
