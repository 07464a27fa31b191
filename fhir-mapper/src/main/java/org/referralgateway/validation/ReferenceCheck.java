package org.referralgateway.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.ValidationOptions;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;

/**
 * HAPI's instance validator with our guide: slow, and the last word on what is valid. Terminology is in memory, and nothing
 * is ever fetched. Code systems that are not here (SNOMED CT, LOINC) are warnings, and so are profiles that are not here: no
 * sender can be held to what we do not have.
 *
 * <p>It has no limit of its own; whoever calls it bounds its time. Safe to share between threads.
 */
public final class ReferenceCheck {

    private final FhirContext fhir;
    private final IValidationSupport support;
    private final FhirValidator validator;

    public ReferenceCheck(Guide guide) {
        fhir = FhirContext.forR4();
        support = support(fhir, guide);
        var instances = new FhirInstanceValidator(support);
        instances.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
        instances.setAnyExtensionsAllowed(true);
        instances.setErrorForUnknownProfiles(false);
        validator = fhir.newValidator().registerValidatorModule(instances);
    }

    private static IValidationSupport support(FhirContext fhir, Guide guide) {
        var ours = new PrePopulatedValidationSupport(fhir);
        guide.resources().forEach(ours::addResource);
        var unknown = new UnknownCodeSystemWarningValidationSupport(fhir);
        unknown.setNonExistentCodeSystemSeverity(IValidationSupport.IssueSeverity.WARNING);
        return new ValidationSupportChain(
                new DefaultProfileValidationSupport(fhir),
                ours,
                new CommonCodeSystemsTerminologyService(fhir),
                new InMemoryTerminologyServerValidationSupport(fhir),
                new SnapshotGeneratingValidationSupport(fhir),
                unknown);
    }

    /** The definitions and code systems that it works with. */
    IValidationSupport support() {
        return support;
    }

    FhirContext fhir() {
        return fhir;
    }

    /**
     * Everything that the validator says about a resource.
     *
     * @param json that the strict reading has found harmless; the validator itself has no limits
     * @param profiles canonical URLs that it must conform to, besides those that it claims
     */
    public List<Objection> check(String json, List<String> profiles) {
        var options = new ValidationOptions();
        profiles.forEach(options::addProfile);
        return validator.validateWithResult(json, options).getMessages().stream()
                .map(message -> new Objection(
                        severity(message.getSeverity()),
                        message.getLocationString() == null ? "" : message.getLocationString(),
                        message.getMessageId() == null ? "" : message.getMessageId(),
                        message.getMessage()))
                .toList();
    }

    private static Objection.Severity severity(ResultSeverityEnum severity) {
        return switch (severity) {
            case INFORMATION -> Objection.Severity.INFORMATION;
            case WARNING -> Objection.Severity.WARNING;
            case ERROR -> Objection.Severity.ERROR;
            case FATAL -> Objection.Severity.FATAL;
        };
    }
}
