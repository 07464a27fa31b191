package org.referralgateway.validation;

import java.util.EnumSet;
import java.util.function.BooleanSupplier;
import org.hl7.fhir.common.hapi.validation.validator.FhirDefaultPolicyAdvisor;
import org.hl7.fhir.r5.model.ElementDefinition;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.r5.utils.validation.IResourceValidator;
import org.hl7.fhir.r5.utils.validation.constants.ReferenceValidationPolicy;

/**
 * Ends a check whose time is over. The validator asks its policy advisor about every element and every message, so that is
 * where the clock is looked at; it has no limit of its own.
 */
final class Deadline extends FhirDefaultPolicyAdvisor {

    private final ThreadLocal<BooleanSupplier> isOver = new ThreadLocal<>();

    void set(BooleanSupplier over) {
        isOver.set(over);
    }

    void clear() {
        isOver.remove();
    }

    private void look() {
        var over = isOver.get();
        if (over != null && over.getAsBoolean()) {
            throw new TimeIsOver();
        }
    }

    @Override
    public EnumSet<ElementValidationAction> policyForElement(
            IResourceValidator validator,
            Object appContext,
            StructureDefinition structure,
            ElementDefinition element,
            String path) {
        look();
        return super.policyForElement(validator, appContext, structure, element, path);
    }

    @Override
    public ReferenceValidationPolicy policyForReference(
            IResourceValidator validator,
            Object appContext,
            String path,
            String url,
            org.hl7.fhir.r5.utils.validation.IValidationPolicyAdvisor.ReferenceDestinationType destinationType) {
        look();
        return super.policyForReference(validator, appContext, path, url, destinationType);
    }

    @Override
    public boolean isSuppressMessageId(String path, String messageId) {
        look();
        return super.isSuppressMessageId(path, messageId);
    }
}
