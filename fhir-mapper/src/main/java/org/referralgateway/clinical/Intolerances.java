package org.referralgateway.clinical;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.clinical.tables.MedicationTable.Drug;
import org.referralgateway.events.Conclusions.TrialOutcome;
import org.referralgateway.mapper.Referral.Allergy;

/** What a record of an allergy or intolerance says of a drug. Source: the clinic's reference notes, section 3. */
final class Intolerances {

    private static final Set<String> NOT_ACTIVE = Set.of("inactive", "resolved");
    private static final Set<String> NOT_CERTAIN = Set.of("unconfirmed", "presumed");

    private final ClinicalTables tables;

    Intolerances(ClinicalTables tables) {
        this.tables = tables;
    }

    /** The drug that it is about; absent where it is none of the table, is refuted or is over. */
    @Nullable
    Drug drugOf(Allergy allergy) {
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

    static TrialOutcome outcome(Allergy allergy) {
        if (allergy.verificationStatus() != null && NOT_CERTAIN.contains(allergy.verificationStatus())) {
            return TrialOutcome.INSUFFICIENT_INFORMATION;
        }
        return "intolerance".equals(allergy.kind()) ? TrialOutcome.NOT_TOLERATED : TrialOutcome.CONTRAINDICATED;
    }
}
