package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.referralgateway.events.Conclusions;
import org.referralgateway.mapper.Referral.Concept;

/** What an amendment changed, in the clinic's words, and whether it matters for triage. */
public final class ReferralDiff {

    /**
     * @param field one of the rows below, for example {@code treatments}
     * @param triage true where triage looks at it
     * @param added what is there now and was not, for people to read
     * @param removed what was there and is not any more
     */
    public record Change(String field, boolean triage, List<String> added, List<String> removed) {
        public Change {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
        }
    }

    private record Field(String name, boolean triage, Function<Referral, List<String>> said) {}

    /** What is compared. Who asks and how to reach the patient does not change how urgent it is; all the rest does. */
    private static final List<Field> FIELDS = List.of(
            new Field("status", true, referral -> List.of(referral.status())),
            new Field(
                    "priority",
                    true,
                    referral -> List.of(referral.priority().code().code())),
            new Field("service", true, referral -> labels(referral.service())),
            new Field("reasons", true, referral -> each(referral.reasons(), ReferralDiff::reason)),
            new Field("problems", true, referral -> each(referral.problems(), ReferralDiff::problem)),
            new Field("treatments", true, referral -> each(referral.treatments(), ReferralDiff::treatment)),
            new Field("procedures", true, referral -> each(referral.procedures(), ReferralDiff::procedure)),
            new Field(
                    "allergies",
                    true,
                    referral -> each(
                            referral.allergies(),
                            allergy -> text(allergy.concept().label(), allergy.clinicalStatus()))),
            new Field("measurements", true, referral -> each(referral.measurements(), ReferralDiff::measurement)),
            new Field("documents", true, referral -> each(referral.documents(), ReferralDiff::document)),
            new Field("forms", true, ReferralDiff::forms),
            new Field("contact-safety", true, ReferralDiff::contactSafety),
            new Field("red-flags", true, ReferralDiff::redFlags),
            new Field("holds", true, ReferralDiff::holds),
            new Field("notes", true, Referral::notes),
            new Field("patient-identity", false, referral -> identity(referral.patient())),
            new Field("patient-contact", false, referral -> contact(referral.patient())),
            new Field("requester", false, referral -> party(referral.requester())),
            new Field(
                    "coverage",
                    false,
                    referral ->
                            each(referral.coverage(), cover -> text(cover.payor(), cover.memberId(), cover.status()))));

    private ReferralDiff() {}

    /** The fields that differ, in the order of the rows above; none where the referrals say the same. */
    public static List<Change> between(Referral before, Referral after) {
        var changes = new ArrayList<Change>();
        for (var field : FIELDS) {
            var was = field.said().apply(before);
            var is = field.said().apply(after);
            var added = without(is, was);
            var removed = without(was, is);
            if (!added.isEmpty() || !removed.isEmpty()) {
                changes.add(new Change(field.name(), field.triage(), added, removed));
            }
        }
        return changes;
    }

    /** Whether somebody has to look at the referral's triage again. */
    public static boolean needsTriage(List<Change> changes) {
        return changes.stream().anyMatch(Change::triage);
    }

    private static List<String> without(List<String> all, List<String> others) {
        var left = new ArrayList<>(all);
        others.forEach(left::remove);
        return left;
    }

    private static <T> List<String> each(List<T> items, Function<T, String> said) {
        return items.stream().map(said).toList();
    }

    private static List<String> labels(List<Concept> concepts) {
        return each(concepts, Concept::label);
    }

    private static String reason(Referral.Reason reason) {
        return text(reason.concept().label(), reason.onset(), reason.bodySite());
    }

    private static String problem(Referral.Problem problem) {
        return text(problem.concept().label(), problem.clinicalStatus(), problem.verificationStatus());
    }

    private static String treatment(Referral.Treatment treatment) {
        return text(
                treatment.medication().label(),
                treatment.dose(),
                treatment.status(),
                treatment.start(),
                treatment.stop(),
                treatment.stopReason());
    }

    private static String measurement(Referral.Measurement measurement) {
        var value = measurement.value() == null
                ? measurement.text()
                : measurement.value().toPlainString();
        return text(measurement.concept().label(), value, measurement.unit(), measurement.effective());
    }

    private static String document(Referral.Document document) {
        return text(document.kind().label(), document.title(), document.date());
    }

    private static List<String> identity(Referral.Patient patient) {
        return Stream.concat(
                        patient.identifiers().stream().map(BusinessIdentifier::token),
                        Stream.of(text(patient.name(), patient.birthDate(), patient.sex())))
                .filter(said -> !said.isEmpty())
                .toList();
    }

    private static List<String> contact(Referral.Patient patient) {
        var language = Stream.of(text(patient.language(), patient.interpreterNeeded() ? "interpreter needed" : null))
                .filter(said -> !said.isEmpty())
                .toList();
        return Stream.of(patient.phones(), patient.emails(), patient.addresses(), language)
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> redFlags(Referral referral) {
        var conclusions = referral.conclusions();
        return conclusions == null
                ? List.of()
                : conclusions.redFlags().stream()
                        .map(Conclusions.RedFlag::flag)
                        .distinct()
                        .toList();
    }

    private static List<String> holds(Referral referral) {
        var conclusions = referral.conclusions();
        return conclusions == null
                ? List.of()
                : conclusions.screening().stream()
                        .filter(finding -> finding.level() == Conclusions.ScreeningLevel.HOLD)
                        .map(Conclusions.ScreeningFinding::item)
                        .distinct()
                        .toList();
    }

    private static String procedure(Referral.Procedure procedure) {
        return text(procedure.concept().label(), procedure.status(), procedure.performed());
    }

    private static List<String> forms(Referral referral) {
        return referral.forms().stream()
                .flatMap(form -> form.answers().stream())
                .map(answer -> text(answer.question(), answer.answer()))
                .toList();
    }

    private static List<String> contactSafety(Referral referral) {
        var safety = referral.contactSafety();
        return Stream.of(
                        safety.contactProhibited() ? Stream.of("must not be contacted") : Stream.<String>empty(),
                        safety.alerts().stream().map(alert -> alert.concept().label()),
                        safety.consents().stream()
                                .map(consent -> text(
                                        consent.scope(), consent.category(), consent.decision(), consent.status())))
                .flatMap(all -> all)
                .toList();
    }

    private static List<String> party(Referral.@org.jspecify.annotations.Nullable Party party) {
        return party == null ? List.of() : List.of(text(party.name(), party.organization(), party.phone()));
    }

    private static String text(@org.jspecify.annotations.Nullable String... parts) {
        return String.join(
                ", ",
                Stream.of(parts)
                        .filter(Objects::nonNull)
                        .filter(part -> !part.isBlank())
                        .toList());
    }
}
