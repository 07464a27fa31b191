package org.referralgateway.clinical;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.ClinicalPolicy.Profile;
import org.referralgateway.clinical.Spans.Span;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.clinical.tables.MedicationTable.Drug;
import org.referralgateway.clinical.tables.OutcomeTable.Sign;
import org.referralgateway.events.Conclusions.Basis;
import org.referralgateway.events.Conclusions.Trial;
import org.referralgateway.events.Conclusions.TrialOutcome;
import org.referralgateway.mapper.Referral;
import org.referralgateway.mapper.Referral.Allergy;
import org.referralgateway.mapper.Referral.Course;
import org.referralgateway.mapper.Referral.Dosing;
import org.referralgateway.mapper.Referral.Treatment;

/**
 * What came of each drug that was tried, and whether it counts as failed. All rows of one drug are one trial. Unknown dose,
 * length or outcome gives {@code insufficient-information}: never a silent pass or fail. A drug that was stopped for side
 * effects, or may not be given, needs neither dose nor length. Source: the clinic's reference notes, section 3; target doses
 * from {@code medications.csv}, column {@code neupsig_2015_total_daily_dose}.
 */
final class TrialRules {

    static final String RULE = "drug-trial";
    private static final Set<String> LINES = Set.of("antidepressant", "anti-epileptic", "opioid");
    private static final Set<String> NOT_ACTIVE = Set.of("inactive", "resolved");
    private static final Set<String> NOT_CERTAIN = Set.of("unconfirmed", "presumed");

    private final ClinicalTables tables;
    private final boolean lengthDecidesWithoutTarget;

    TrialRules(ClinicalTables tables, ClinicalPolicy policy) {
        this.tables = tables;
        this.lengthDecidesWithoutTarget = policy.resistance().lengthDecidesWithoutTarget();
    }

    /**
     * @param profile whose length and relief a trial is measured by
     * @param today until when a drug that is still taken has been taken
     */
    List<Trial> trials(Referral referral, Profile profile, LocalDate today) {
        var byDrug = new LinkedHashMap<String, List<Integer>>();
        for (int i = 0; i < referral.treatments().size(); i++) {
            var treatment = referral.treatments().get(i);
            if (treatment.drug() != null && treatment.course() != Course.PLANNED) {
                byDrug.computeIfAbsent(treatment.drug(), drug -> new ArrayList<>(2))
                        .add(i);
            }
        }
        var trials = new ArrayList<Trial>();
        byDrug.forEach((name, rows) -> {
            var drug = tables.medications().named(name).orElse(null);
            var trial = drug == null ? null : new Evidence(referral, drug, rows, profile, today).trial();
            if (trial != null) {
                trials.add(trial);
            }
        });
        notGiven(referral, byDrug, trials);
        mentioned(referral, byDrug, trials);
        return trials;
    }

    /** Drugs of which only an allergy or intolerance is known. */
    private void notGiven(Referral referral, Map<String, List<Integer>> byDrug, List<Trial> trials) {
        for (int i = 0; i < referral.allergies().size(); i++) {
            var drug = drugOf(referral.allergies().get(i));
            if (drug != null
                    && LINES.contains(drug.lineClass())
                    && byDrug.putIfAbsent(drug.name(), List.of()) == null) {
                var field = "allergies[" + i + "]";
                var allergy = referral.allergies().get(i);
                var outcome = outcome(allergy);
                trials.add(new Trial(
                        field,
                        drug.name(),
                        drug.drugClass(),
                        drug.lineClass(),
                        null,
                        null,
                        outcome,
                        outcome != TrialOutcome.INSUFFICIENT_INFORMATION,
                        new Basis(RULE, List.of(field + ".concept"), List.of())));
            }
        }
    }

    /** Drugs that only a note names: it takes a person to read what became of them, so nothing is concluded. */
    private void mentioned(Referral referral, Map<String, List<Integer>> byDrug, List<Trial> trials) {
        for (int i = 0; i < referral.notes().size(); i++) {
            for (var drug : tables.medications().allIn(referral.notes().get(i))) {
                if (LINES.contains(drug.lineClass()) && byDrug.putIfAbsent(drug.name(), List.of()) == null) {
                    var field = "notes[" + i + "]";
                    trials.add(new Trial(
                            field,
                            drug.name(),
                            drug.drugClass(),
                            drug.lineClass(),
                            null,
                            null,
                            TrialOutcome.INSUFFICIENT_INFORMATION,
                            false,
                            new Basis(RULE, List.of(field), List.of("treatments"))));
                }
            }
        }
    }

    private @Nullable Drug drugOf(Allergy allergy) {
        if (allergy.clinicalStatus() != null && NOT_ACTIVE.contains(allergy.clinicalStatus())
                || "refuted".equals(allergy.verificationStatus())) {
            return null;
        }
        for (var code : allergy.concept().codes()) {
            var product = tables.medications().byCode(code.system(), code.code());
            if (product.isPresent()) {
                return product.get().drug();
            }
        }
        return tables.medications()
                .statedIn(allergy.concept().label())
                .map(product -> product.drug())
                .orElse(null);
    }

    private static TrialOutcome outcome(Allergy allergy) {
        if (allergy.verificationStatus() != null && NOT_CERTAIN.contains(allergy.verificationStatus())) {
            return TrialOutcome.INSUFFICIENT_INFORMATION;
        }
        return "intolerance".equals(allergy.kind()) ? TrialOutcome.NOT_TOLERATED : TrialOutcome.CONTRAINDICATED;
    }

    /** All that is known of one drug. */
    private final class Evidence {

        private final Referral referral;
        private final Drug drug;
        private final List<Integer> rows;
        private final Profile profile;
        private final LocalDate today;
        private final List<String> used = new ArrayList<>();
        private final List<String> missing = new ArrayList<>();
        private final TrialText said = TrialText.nothing();
        private final TrialText why = TrialText.nothing();
        private final String field;

        Evidence(Referral referral, Drug drug, List<Integer> rows, Profile profile, LocalDate today) {
            this.referral = referral;
            this.drug = drug;
            this.rows = rows;
            this.profile = profile;
            this.today = today;
            this.field = "treatments[" + rows.getFirst() + "]";
        }

        @Nullable
        Trial trial() {
            used.add(field + ".medication");
            read();
            var outcome = stated();
            if (outcome == null && allTaken(Course.NOT_TAKEN)) {
                return null; // Never taken, and nothing says that it may not be: no trial.
            }
            var days = days();
            var adequate = adequate(days);
            if (outcome == null) {
                outcome = TrialOutcome.INSUFFICIENT_INFORMATION;
            }
            if (outcome == TrialOutcome.INADEQUATE_RELIEF && adequate == null) {
                outcome = TrialOutcome.INSUFFICIENT_INFORMATION;
            }
            if (outcome == TrialOutcome.INSUFFICIENT_INFORMATION) {
                whatIsMissing(days);
            }
            boolean failed = switch (outcome) {
                case INADEQUATE_RELIEF -> Boolean.TRUE.equals(adequate);
                case NOT_TOLERATED, CONTRAINDICATED -> true;
                case ONGOING, HELPED, INSUFFICIENT_INFORMATION -> false;
            };
            return new Trial(
                    field,
                    drug.name(),
                    drug.drugClass(),
                    drug.lineClass(),
                    days == null ? null : days.least(),
                    adequate,
                    outcome,
                    failed && isForPain(),
                    new Basis(RULE, List.copyOf(used), List.copyOf(missing)));
        }

        private Treatment row(int i) {
            return referral.treatments().get(i);
        }

        private boolean allTaken(Course course) {
            return rows.stream().allMatch(i -> row(i).course() == course);
        }

        private boolean isCurrent() {
            return rows.stream().anyMatch(i -> row(i).course() == Course.CURRENT);
        }

        private void read() {
            for (int i : rows) {
                var treatment = row(i);
                var at = "treatments[" + i + "]";
                if (treatment.stopReason() != null || !treatment.stopCodes().isEmpty()) {
                    used.add(at + ".stopReason");
                }
                if (treatment.stopReason() != null) {
                    why.add(TrialText.of(treatment.stopReason(), tables.outcomes()));
                }
                if (treatment.outcome() != null) {
                    used.add(at + ".outcome");
                    said.add(TrialText.of(treatment.outcome(), tables.outcomes()));
                }
                if (treatment.medication().text() != null) {
                    said.add(TrialText.of(treatment.medication().text(), tables.outcomes()));
                }
                if (treatment.dose() != null) {
                    // "600 mg three times daily, not tolerated": what is said beside the dose.
                    why.add(TrialText.besideDose(treatment.dose(), tables.outcomes()));
                }
            }
        }

        /** What codes and words say, or that it goes on; absent where they say nothing. */
        private @Nullable TrialOutcome stated() {
            var coded = coded();
            if (coded != null) {
                return coded;
            }
            boolean current = isCurrent();
            if (says(Sign.CONTRAINDICATED) && !current) {
                return TrialOutcome.CONTRAINDICATED;
            }
            if (wasNotTolerated(current)) {
                return TrialOutcome.NOT_TOLERATED;
            }
            var helped = why.hasHelped(profile);
            helped = helped == null ? said.hasHelped(profile) : helped;
            if (helped != null) {
                return helped ? TrialOutcome.HELPED : TrialOutcome.INADEQUATE_RELIEF;
            }
            if (!current) {
                return ofAllergy();
            }
            return TrialOutcome.ONGOING;
        }

        private boolean says(Sign sign) {
            return why.says(sign) || said.says(sign);
        }

        private @Nullable TrialOutcome coded() {
            for (int i : rows) {
                for (var code : row(i).stopCodes()) {
                    var sign =
                            tables.outcomes().ofCode(code.system(), code.code()).orElse(null);
                    if (sign == Sign.INADEQUATE_RELIEF) {
                        return TrialOutcome.INADEQUATE_RELIEF;
                    } else if (sign == Sign.NOT_TOLERATED) {
                        return TrialOutcome.NOT_TOLERATED;
                    } else if (sign == Sign.CONTRAINDICATED) {
                        return TrialOutcome.CONTRAINDICATED;
                    }
                }
            }
            return null;
        }

        /** While it is still taken, side effects are no reason why it ended. */
        private boolean wasNotTolerated(boolean current) {
            if (current) {
                return false;
            }
            if (why.isStoppedForSideEffect() || said.isStoppedForSideEffect()) {
                return true;
            }
            if (says(Sign.NOT_TOLERATED)) {
                return !says(Sign.HIGHEST_DOSE) || said.hasHelped(profile) == null && why.hasHelped(profile) == null;
            }
            if (why.hasHelped(profile) != null || said.hasHelped(profile) != null) {
                return false; // A side effect beside the relief: the relief decides.
            }
            return why.says(Sign.SYMPTOM) || (said.says(Sign.SYMPTOM) && said.says(Sign.STOPPED));
        }

        private @Nullable TrialOutcome ofAllergy() {
            for (int i = 0; i < referral.allergies().size(); i++) {
                var allergy = referral.allergies().get(i);
                var other = drugOf(allergy);
                if (other != null && other.name().equals(drug.name())) {
                    used.add("allergies[" + i + "].concept");
                    return outcome(allergy);
                }
            }
            return null;
        }

        /** The longest of what the rows say; rows that follow each other are added. */
        private @Nullable Span days() {
            Span longest = null;
            Span sum = null;
            for (int i : rows) {
                var span = days(i);
                if (span != null) {
                    sum = sum == null || overlaps(i) ? longer(sum, span) : sum.plus(span);
                    longest = longer(longest, span);
                }
            }
            return rows.size() == 1 || sum == null ? longest : sum;
        }

        private static @Nullable Span longer(@Nullable Span one, Span other) {
            return one == null || other.least() > one.least() ? other : one;
        }

        /** True where an earlier row began in the same period, so that both are about the same days. */
        private boolean overlaps(int row) {
            for (int other : rows) {
                if (other == row) {
                    return false;
                }
                var start = row(row).start();
                var stop = row(other).stop();
                if (start == null || stop == null || start.compareTo(stop) < 0) {
                    return true;
                }
            }
            return false;
        }

        private @Nullable Span days(int i) {
            var treatment = row(i);
            var at = "treatments[" + i + "]";
            var span = Spans.between(treatment.start(), treatment.stop());
            if (span == null && treatment.course() == Course.CURRENT) {
                span = Spans.until(treatment.start(), today);
            }
            if (span != null) {
                used.add(at + ".start");
                if (treatment.stop() != null) {
                    used.add(at + ".stop");
                }
                return isPrescription(i) ? prescribed(span, treatment, at) : span;
            }
            for (var place : List.of("outcome", "dose", "stopReason", "medication")) {
                var text = text(treatment, place);
                var inText = text == null ? null : Spans.inText(text);
                if (inText != null) {
                    used.add(at + "." + place);
                    return inText;
                }
            }
            if (treatment.suppliedDays() != null) {
                used.add(at + ".suppliedDays");
                return new Span(treatment.suppliedDays(), treatment.suppliedDays());
            }
            return null;
        }

        /** Its dates say how long a prescription was good for, not how long the drug was taken. */
        private boolean isPrescription(int i) {
            var start = "treatments[" + i + "].start";
            return referral.lineage().stream()
                    .anyMatch(line -> line.field().equals(start)
                            && (line.source().endsWith(".authoredOn")
                                    || line.source().endsWith(".dispenseRequest.validityPeriod")));
        }

        /** As long as what was supplied; while it is active perhaps longer, and without a supply perhaps not at all. */
        private Span prescribed(Span valid, Treatment treatment, String at) {
            var supplied = treatment.suppliedDays();
            boolean current = treatment.course() == Course.CURRENT;
            if (supplied == null) {
                return current ? valid : new Span(0, valid.most());
            }
            used.add(at + ".suppliedDays");
            return new Span(Math.min(supplied, valid.least()), current ? Math.max(supplied, valid.most()) : supplied);
        }

        private static @Nullable String text(Treatment treatment, String place) {
            return switch (place) {
                case "outcome" -> treatment.outcome();
                case "dose" -> treatment.dose();
                case "stopReason" -> treatment.stopReason();
                default -> treatment.medication().text();
            };
        }

        /** Whether dose and length were enough; absent where one of them is unknown and the other does not rule it out. */
        private @Nullable Boolean adequate(@Nullable Span days) {
            var length = isLongEnough(days);
            var dose = isHighEnough();
            if (Boolean.FALSE.equals(length) || Boolean.FALSE.equals(dose)) {
                return false;
            }
            return length == null || dose == null ? null : true;
        }

        private @Nullable Boolean isLongEnough(@Nullable Span days) {
            if (days == null) {
                return null;
            }
            int asked = profile.trialWeeks() * 7;
            return days.least() >= asked ? Boolean.TRUE : days.most() < asked ? Boolean.FALSE : null;
        }

        private @Nullable Boolean isHighEnough() {
            BigDecimal most = null;
            boolean known = false;
            for (int i : rows) {
                var dosing = row(i).dosing();
                if (dosing != null && !dosing.asNeeded()) {
                    used.add("treatments[" + i + "].dosing");
                    known = true;
                    most = higher(most, dosing);
                }
            }
            if (says(Sign.HIGHEST_DOSE)) {
                return true;
            }
            if (drug.target() == null) {
                return known && lengthDecidesWithoutTarget ? true : null;
            }
            return most == null ? null : most.compareTo(drug.target()) >= 0;
        }

        private static @Nullable BigDecimal higher(@Nullable BigDecimal most, Dosing dosing) {
            return !dosing.unit().equals("mg") || (most != null && most.compareTo(dosing.perDay()) >= 0)
                    ? most
                    : dosing.perDay();
        }

        private void whatIsMissing(@Nullable Span days) {
            if (rows.stream().allMatch(i -> row(i).dosing() == null)) {
                missing.add(field + ".dose");
            }
            if (isLongEnough(days) == null) {
                missing.add(field + ".stop");
            }
            if (said.hasHelped(profile) == null && why.hasHelped(profile) == null) {
                missing.add(field + ".outcome");
            }
        }

        /** A product that is often for something else needs a word that it was for pain. */
        private boolean isForPain() {
            boolean review = false;
            for (int i : rows) {
                var treatment = row(i);
                var purpose = purpose(treatment);
                if (purpose == Sign.FOR_OTHER || "no".equals(treatment.counts())) {
                    used.add("treatments[" + i + "].indication");
                    return false;
                }
                review |= "review".equals(treatment.counts()) && purpose != Sign.FOR_PAIN;
            }
            if (review) {
                missing.add(field + ".indication");
            }
            return !review;
        }

        /** For pain where anything says so; for something else where only that is said. */
        private @Nullable Sign purpose(Treatment treatment) {
            boolean other = false;
            for (var code : treatment.indicationCodes()) {
                if (tables.conditions().group(code.system(), code.code()).isPresent()) {
                    return Sign.FOR_PAIN;
                }
                other |= tables.outcomes().ofCode(code.system(), code.code()).orElse(null) == Sign.FOR_OTHER;
            }
            if (treatment.indication() != null) {
                var words = TrialText.purpose(treatment.indication(), tables.outcomes());
                if (words == Sign.FOR_PAIN) {
                    return Sign.FOR_PAIN;
                }
                other |= words == Sign.FOR_OTHER;
            } else if (treatment.indicationCodes().isEmpty() && treatment.dose() != null) {
                var words = TrialText.purposeBesideDose(treatment.dose(), tables.outcomes());
                if (words != null) {
                    return words;
                }
            }
            return other || says(Sign.FOR_OTHER) ? Sign.FOR_OTHER : null;
        }
    }
}
