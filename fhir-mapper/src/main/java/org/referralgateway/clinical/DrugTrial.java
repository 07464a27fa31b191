package org.referralgateway.clinical;

import static java.lang.Boolean.FALSE;
import static java.lang.Boolean.TRUE;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.ClinicalPolicy.Profile;
import org.referralgateway.clinical.ClinicalPolicy.ResistancePolicy;
import org.referralgateway.clinical.Spans.Span;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.clinical.tables.MedicationTable.Drug;
import org.referralgateway.clinical.tables.OutcomeTable.Sign;
import org.referralgateway.events.Conclusions.Basis;
import org.referralgateway.events.Conclusions.Trial;
import org.referralgateway.events.Conclusions.TrialOutcome;
import org.referralgateway.mapper.Referral;
import org.referralgateway.mapper.Referral.Course;
import org.referralgateway.mapper.Referral.Treatment;

/**
 * What came of one drug, and whether it counts as failed. Unknown dose, length or outcome gives {@code
 * insufficient-information}: never a silent pass or fail. A drug that was stopped for side effects, or may not be given, needs
 * neither dose nor length. Source: the clinic's reference notes, section 3; target doses from {@code medications.csv}, column
 * {@code neupsig_2015_total_daily_dose}.
 */
final class DrugTrial {

    private final Referral referral;
    private final Drug drug;
    private final List<Integer> rows;
    private final Profile profile;
    private final LocalDate today;
    private final ClinicalTables tables;
    private final ResistancePolicy policy;
    private final List<String> used = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final TrialText said = TrialText.nothing();
    private final TrialText why = TrialText.nothing();
    private final String field;

    /**
     * @param rows of the referral's treatments that are about the drug
     * @param profile whose length and relief it is measured by
     * @param today until when a drug that is still taken has been taken
     */
    DrugTrial(
            Referral referral,
            Drug drug,
            List<Integer> rows,
            Profile profile,
            LocalDate today,
            ClinicalTables tables,
            ResistancePolicy policy) {
        this.referral = referral;
        this.drug = drug;
        this.rows = rows;
        this.profile = profile;
        this.today = today;
        this.tables = tables;
        this.policy = policy;
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
        var days = days(rows);
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
        boolean mayHaveFailed = failed || outcome == TrialOutcome.INSUFFICIENT_INFORMATION;
        boolean forPain = mayHaveFailed && isForPain();
        return new Trial(
                field,
                drug.name(),
                drug.drugClass(),
                drug.lineClass(),
                days == null ? null : days.least(),
                adequate,
                outcome,
                failed && forPain && !policy.isRecordedOnly(drug),
                new Basis(TrialRules.RULE, List.copyOf(used), List.copyOf(missing)));
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
                var sign = tables.outcomes().ofCode(code.system(), code.code()).orElse(null);
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
        var intolerances = new Intolerances(tables);
        for (int i = 0; i < referral.allergies().size(); i++) {
            var allergy = referral.allergies().get(i);
            var other = intolerances.drugOf(allergy);
            if (other != null && other.name().equals(drug.name())) {
                used.add("allergies[" + i + "].concept");
                return Intolerances.outcome(allergy);
            }
        }
        return null;
    }

    /** Whether dose and length were enough; absent where one of them is unknown and the other does not rule it out. */
    private @Nullable Boolean adequate(@Nullable Span days) {
        var dose = isHighEnough();
        var length = isLongEnough(atTheDose(dose) ? days(rowsAtTheDose()) : days);
        if (Boolean.FALSE.equals(length) || Boolean.FALSE.equals(dose)) {
            return false;
        }
        return length == null || dose == null ? null : true;
    }

    private @Nullable Span days(List<Integer> some) {
        return new TrialLength(referral, some, today, policy.gapDays(), used).days();
    }

    /** Where some rows say less than the target, only the days of the others are days at the dose. */
    private boolean atTheDose(@Nullable Boolean dose) {
        return Boolean.TRUE.equals(dose) && drug.target() != null && !says(Sign.HIGHEST_DOSE);
    }

    private List<Integer> rowsAtTheDose() {
        return rows.stream().filter(i -> !isTooLow(row(i))).toList();
    }

    private boolean isTooLow(Treatment treatment) {
        var dosing = treatment.dosing();
        return dosing != null
                && drug.target() != null
                && dosing.unit().equals("mg")
                && dosing.atMost().compareTo(drug.target()) < 0;
    }

    private @Nullable Boolean isLongEnough(@Nullable Span days) {
        if (days == null) {
            return null;
        }
        int asked = profile.trialWeeks() * 7;
        return days.least() >= asked ? Boolean.TRUE : days.most() < asked ? Boolean.FALSE : null;
    }

    /** By the lower end of a range, which may have been all that was taken; between its ends nobody can tell. */
    private @Nullable Boolean isHighEnough() {
        BigDecimal least = null;
        BigDecimal most = null;
        boolean known = false;
        for (int i : rows) {
            var dosing = row(i).dosing();
            if (dosing != null && !dosing.asNeeded()) {
                used.add("treatments[" + i + "].dosing");
                known = true;
                least = higher(least, dosing.unit(), dosing.perDay());
                most = higher(most, dosing.unit(), dosing.atMost());
            }
        }
        if (says(Sign.HIGHEST_DOSE)) {
            return true;
        }
        if (drug.target() == null) {
            return known && policy.lengthDecidesWithoutTarget() ? true : null;
        }
        if (least == null || most == null) {
            return null;
        }
        return least.compareTo(drug.target()) >= 0 ? TRUE : most.compareTo(drug.target()) < 0 ? FALSE : null;
    }

    private static @Nullable BigDecimal higher(@Nullable BigDecimal one, String unit, BigDecimal other) {
        return !unit.equals("mg") || (one != null && one.compareTo(other) >= 0) ? one : other;
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

    private boolean isForPain() {
        return new TrialPurpose(referral, rows, tables, says(Sign.FOR_OTHER), used, missing).isForPain();
    }
}
