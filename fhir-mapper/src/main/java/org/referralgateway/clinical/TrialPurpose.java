package org.referralgateway.clinical;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.clinical.tables.OutcomeTable.Sign;
import org.referralgateway.mapper.Referral;
import org.referralgateway.mapper.Referral.Treatment;

/**
 * Whether a drug was given for pain: an SNRI for depression and methadone for dependence are no trials. Source: the clinic's
 * reference notes, section 3.
 */
final class TrialPurpose {

    private final Referral referral;
    private final List<Integer> rows;
    private final ClinicalTables tables;
    private final boolean saidForOther;
    private final String field;
    private final List<String> used;
    private final List<String> missing;

    /**
     * @param rows of the referral's treatments that are about the drug
     * @param saidForOther what is said of its outcome says that it was for something else
     * @param used to add the fields to on which the answer rests
     * @param missing to add to what was not there
     */
    TrialPurpose(
            Referral referral,
            List<Integer> rows,
            ClinicalTables tables,
            boolean saidForOther,
            List<String> used,
            List<String> missing) {
        this.referral = referral;
        this.rows = rows;
        this.tables = tables;
        this.saidForOther = saidForOther;
        this.field = "treatments[" + rows.getFirst() + "]";
        this.used = used;
        this.missing = missing;
    }

    private Treatment row(int i) {
        return referral.treatments().get(i);
    }

    /** A product that is often for something else needs a word that it was for pain. */
    boolean isForPain() {
        boolean review = false;
        int forOther = 0;
        for (int i : rows) {
            var treatment = row(i);
            var purpose = purpose(treatment);
            if (purpose == Sign.FOR_OTHER || "no".equals(treatment.counts())) {
                used.add("treatments[" + i + "].indication");
                forOther++;
            }
            review |= "review".equals(treatment.counts()) && purpose != Sign.FOR_PAIN;
        }
        if (forOther > 0) {
            if (forOther < rows.size()) {
                missing.add(field + ".indication"); // Which of them failed is open.
            }
            return false;
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
        return other || saidForOther ? Sign.FOR_OTHER : null;
    }
}
