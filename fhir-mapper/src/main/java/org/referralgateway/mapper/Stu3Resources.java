package org.referralgateway.mapper;

import static java.util.Objects.requireNonNull;

import org.hl7.fhir.convertors.advisors.impl.BaseAdvisor_30_40;
import org.hl7.fhir.convertors.factory.VersionConvertorFactory_30_40;
import org.hl7.fhir.dstu3.model.MedicationAdministration;
import org.hl7.fhir.dstu3.model.Procedure;
import org.hl7.fhir.dstu3.model.ProcedureRequest;
import org.hl7.fhir.dstu3.model.ReferralRequest;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/**
 * Resources of STU3 as resources of R4: by HAPI's converter, with what it lacks. It has no ReferralRequest, and it forgets
 * the flags by which STU3 says that something was not done.
 */
final class Stu3Resources {

    private Stu3Resources() {}

    /** The resource in R4; null where R4 has nothing like it. */
    static @Nullable Resource toR4(IBaseResource source) {
        return switch (source) {
            case ReferralRequest request -> serviceRequest(request);
            case Procedure procedure -> {
                var target = (org.hl7.fhir.r4.model.Procedure) requireNonNull(byHapi(procedure));
                if (procedure.getNotDone()) {
                    target.setStatus(org.hl7.fhir.r4.model.Procedure.ProcedureStatus.NOTDONE);
                }
                yield target;
            }
            case MedicationAdministration administration -> {
                var target = (org.hl7.fhir.r4.model.MedicationAdministration) requireNonNull(byHapi(administration));
                if (administration.getNotGiven()) {
                    target.setStatus(
                            org.hl7.fhir.r4.model.MedicationAdministration.MedicationAdministrationStatus.NOTDONE);
                }
                yield target;
            }
            default -> byHapi((org.hl7.fhir.dstu3.model.Resource) source);
        };
    }

    /** One that is contained and that R4 has not is left out, instead of failing the whole. */
    private static @Nullable Resource byHapi(org.hl7.fhir.dstu3.model.Resource source) {
        return VersionConvertorFactory_30_40.convertResource(source, new BaseAdvisor_30_40(false));
    }

    /**
     * What ReferralRequest and ProcedureRequest share takes HAPI's way as a ProcedureRequest; the rest goes where R4 put
     * it. Source: <a href="http://hl7.org/fhir/R4/servicerequest-version-maps.html">R3 maps of ServiceRequest</a>.
     */
    private static ServiceRequest serviceRequest(ReferralRequest source) {
        var target = (ServiceRequest) requireNonNull(byHapi(shared(source)));
        // Its type is gone with the conversion, and it says what it is.
        target.getMeta()
                .addTag()
                .setSystem("http://hl7.org/fhir/resource-types")
                .setCode("ReferralRequest");
        if (source.hasType()) {
            target.addCategory(concept(source.getType()));
        }
        source.getServiceRequested().stream().limit(1).forEach(service -> target.setCode(concept(service)));
        source.getServiceRequested().stream().skip(1).forEach(service -> target.addOrderDetail(concept(service)));
        if (source.hasSpecialty()) {
            target.setPerformerType(concept(source.getSpecialty()));
        }
        source.getRecipient()
                .forEach(recipient ->
                        target.addPerformer((Reference) VersionConvertorFactory_30_40.convertType(recipient)));
        if (source.hasDescription()) {
            target.addNote().setText(source.getDescription());
        }
        return target;
    }

    private static ProcedureRequest shared(ReferralRequest source) {
        var shared = new ProcedureRequest();
        shared.setIdElement(source.getIdElement());
        shared.setMeta(source.getMeta());
        shared.setImplicitRulesElement(source.getImplicitRulesElement());
        shared.setLanguageElement(source.getLanguageElement());
        shared.setText(source.getText());
        shared.setContained(source.getContained());
        shared.setExtension(source.getExtension());
        shared.setModifierExtension(source.getModifierExtension());
        shared.setIdentifier(source.getIdentifier());
        shared.setBasedOn(source.getBasedOn());
        shared.setReplaces(source.getReplaces());
        shared.setRequisition(source.getGroupIdentifier());
        if (source.hasStatus()) {
            shared.setStatus(ProcedureRequest.ProcedureRequestStatus.fromCode(
                    source.getStatus().toCode()));
        }
        if (source.hasIntent()) {
            shared.setIntent(ProcedureRequest.ProcedureRequestIntent.fromCode(
                    source.getIntent().toCode()));
        }
        if (source.hasPriority()) {
            shared.setPriority(ProcedureRequest.ProcedureRequestPriority.fromCode(
                    source.getPriority().toCode()));
        }
        shared.setSubject(source.getSubject());
        shared.setContext(source.getContext());
        shared.setOccurrence(source.getOccurrence());
        shared.setAuthoredOnElement(source.getAuthoredOnElement());
        shared.getRequester().setAgent(source.getRequester().getAgent());
        shared.setReasonCode(source.getReasonCode());
        shared.setReasonReference(source.getReasonReference());
        shared.setSupportingInfo(source.getSupportingInfo());
        shared.setNote(source.getNote());
        shared.setRelevantHistory(source.getRelevantHistory());
        return shared;
    }

    private static CodeableConcept concept(org.hl7.fhir.dstu3.model.CodeableConcept source) {
        return (CodeableConcept) VersionConvertorFactory_30_40.convertType(source);
    }
}
