package org.referralgateway.clinical;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.clinical.tables.Measure;
import org.referralgateway.events.Conclusions.Basis;
import org.referralgateway.events.Conclusions.OpioidDose;
import org.referralgateway.events.Conclusions.OpioidLine;
import org.referralgateway.mapper.Referral;
import org.referralgateway.mapper.Referral.Course;
import org.referralgateway.mapper.Referral.Treatment;

/**
 * Morphine milligram equivalents a day of the opioids that are taken now: dose times factor, each line shown. What is taken
 * as needed counts at its most. A total that leaves an opioid out says so. Source: CDC Clinical Practice Guideline for
 * Prescribing Opioids for Pain, 2022, table 2 ({@code mme_factors.csv}); the clinic's reference notes, section 2.
 */
final class OpioidRules {

    static final String RULE = "opioid-dose";

    private final ClinicalTables tables;

    OpioidRules(ClinicalTables tables) {
        this.tables = tables;
    }

    OpioidDose dose(Referral referral) {
        var lines = new ArrayList<OpioidLine>();
        var used = new ArrayList<String>();
        var missing = new ArrayList<String>();
        BigDecimal sum = null;
        boolean complete = true;
        for (int i = 0; i < referral.treatments().size(); i++) {
            var treatment = referral.treatments().get(i);
            var field = "treatments[" + i + "]";
            if (isOnHold(treatment) && isOpioid(treatment)) {
                missing.add(field + ".status"); // It may be taken all the same.
            } else if (isTakenNow(treatment) && isOpioid(treatment) && !isSameAsBefore(referral, i)) {
                var line = line(treatment, field);
                lines.add(line);
                used.add(field);
                if (line.mme() == null) {
                    complete = false;
                    missing.add(field + (line.dosePerDay() == null ? ".dose" : ".factor"));
                } else {
                    sum = sum == null ? line.mme() : sum.add(line.mme());
                }
            }
        }
        if (lines.isEmpty()) {
            return none(referral, missing);
        }
        if (sum == null) {
            var sent = sent(referral);
            if (sent != null) {
                return sent;
            }
        }
        return new OpioidDose(sum == null ? null : plain(sum), complete, lines, new Basis(RULE, used, missing));
    }

    /** No opioid among the drugs is none taken, if drugs were sent at all. */
    private OpioidDose none(Referral referral, List<String> onHold) {
        var sent = sent(referral);
        if (sent != null) {
            return sent;
        }
        return referral.treatments().isEmpty()
                ? new OpioidDose(null, false, List.of(), new Basis(RULE, List.of(), List.of("treatments")))
                : new OpioidDose(BigDecimal.ZERO, true, List.of(), new Basis(RULE, List.of("treatments"), onHold));
    }

    /** A total that somebody else computed, under a local code or a name. */
    private @Nullable OpioidDose sent(Referral referral) {
        for (int i = 0; i < referral.measurements().size(); i++) {
            var measurement = referral.measurements().get(i);
            if (measurement.value() != null
                    && measurement.value().signum() >= 0
                    && Chart.measures(tables.measurements(), measurement.concept(), Measure.MORPHINE_EQUIVALENTS)) {
                return new OpioidDose(
                        plain(measurement.value()),
                        true,
                        List.of(),
                        new Basis(RULE, List.of("measurements[" + i + "].value"), List.of()));
            }
        }
        return null;
    }

    private static boolean isOnHold(Treatment treatment) {
        return "on-hold".equals(treatment.status());
    }

    private static boolean isTakenNow(Treatment treatment) {
        return !isOnHold(treatment) && (treatment.course() == Course.CURRENT || treatment.course() == Course.UNKNOWN);
    }

    private boolean isOpioid(Treatment treatment) {
        return tables.medications()
                .named(treatment.drug())
                .filter(drug -> drug.lineClass().equals("opioid"))
                .isPresent();
    }

    /** A prescription beside a statement of the same drug and dose is the same tablets. */
    private static boolean isSameAsBefore(Referral referral, int row) {
        var treatment = referral.treatments().get(row);
        for (int i = 0; i < row; i++) {
            var earlier = referral.treatments().get(i);
            boolean sameDose = treatment.dosing() == null
                    || (earlier.dosing() != null
                            && earlier.dosing().unit().equals(treatment.dosing().unit())
                            && earlier.dosing()
                                            .atMost()
                                            .compareTo(treatment.dosing().atMost())
                                    == 0);
            if (isTakenNow(earlier)
                    && treatment.drug() != null
                    && treatment.drug().equals(earlier.drug())
                    && sameDose
                    && earlier.medication().equals(treatment.medication())) {
                return true;
            }
        }
        return false;
    }

    private OpioidLine line(Treatment treatment, String field) {
        var drug = treatment.drug() == null ? "" : treatment.drug();
        var dosing = treatment.dosing();
        boolean patch = dosing != null && dosing.unit().equals("ug/h");
        var factor = tables.opioids().factor(drug, patch || isPatch(treatment)).orElse(null);
        var unit = factor == null ? patch ? "ug/h" : "mg" : factor.unit();
        if (dosing == null || dosing.unit().equals("piece") || patch != unit.equals("ug/h")) {
            return new OpioidLine(field, drug, null, unit, factor == null ? null : factor.factor(), null);
        }
        var mme = factor == null || factor.factor() == null
                ? null
                : plain(dosing.atMost().multiply(factor.factor()));
        return new OpioidLine(field, drug, dosing.atMost(), unit, factor == null ? null : factor.factor(), mme);
    }

    private static boolean isPatch(Treatment treatment) {
        var label = treatment.medication().label().toLowerCase(Locale.ROOT);
        return label.contains("patch") || label.contains("transdermal");
    }

    private static BigDecimal plain(BigDecimal number) {
        var rounded = number.round(new MathContext(6)).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
