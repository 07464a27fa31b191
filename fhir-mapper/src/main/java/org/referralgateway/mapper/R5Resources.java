package org.referralgateway.mapper;

import org.hl7.fhir.convertors.advisors.impl.BaseAdvisor_40_50;
import org.hl7.fhir.convertors.factory.VersionConvertorFactory_40_50;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r5.model.MedicationStatement;
import org.jspecify.annotations.Nullable;

/** Resources of R5 as resources of R4: by HAPI's converter, with what it lacks. */
final class R5Resources {

    private static final String ADHERENCE = "http://hl7.org/fhir/CodeSystem/medication-statement-adherence";

    private R5Resources() {}

    /** The resource in R4; null where R4 has nothing like it. */
    static @Nullable Resource toR4(IBaseResource source) {
        var target = VersionConvertorFactory_40_50.convertResource(
                (org.hl7.fhir.r5.model.Resource) source, new BaseAdvisor_40_50(false));
        if (source instanceof MedicationStatement statement
                && target instanceof org.hl7.fhir.r4.model.MedicationStatement converted) {
            taking(statement, converted);
        }
        return target;
    }

    /**
     * Whether a drug is taken is {@code adherence} in R5 and {@code status} in R4. HAPI's converter makes every recorded
     * one "completed", as if nobody took anything any more. Source: <a
     * href="http://hl7.org/fhir/R5/medicationstatement.html">R5's MedicationStatement</a>.
     */
    private static void taking(MedicationStatement source, org.hl7.fhir.r4.model.MedicationStatement target) {
        if (source.getStatus() != MedicationStatement.MedicationStatementStatusCodes.RECORDED) {
            return;
        }
        target.setStatus(MedicationStatementStatus.UNKNOWN);
        for (var coding : source.getAdherence().getCode().getCoding()) {
            if (ADHERENCE.equals(coding.getSystem()) && coding.hasCode()) {
                target.setStatus(status(coding.getCode()));
            }
        }
    }

    private static MedicationStatementStatus status(String adherence) {
        return switch (adherence) {
            case "taking", "taking-as-directed", "taking-not-as-directed" -> MedicationStatementStatus.ACTIVE;
            case "on-hold", "on-hold-as-directed", "on-hold-not-as-directed" -> MedicationStatementStatus.ONHOLD;
            case "stopped", "stopped-as-directed", "stopped-not-as-directed" -> MedicationStatementStatus.STOPPED;
            case "not-taking" -> MedicationStatementStatus.NOTTAKEN;
            default -> MedicationStatementStatus.UNKNOWN;
        };
    }
}
