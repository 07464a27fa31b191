package org.referralgateway.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.ValidationOptions;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.hl7.fhir.utilities.filesystem.ManagedFileAccess;
import org.hl7.fhir.utilities.http.ManagedWebAccess;

/**
 * HAPI's instance validator with our guide: slow, and the last word on what is valid. Terminology is in memory, and nothing
 * is ever fetched. Code systems that are not here (SNOMED CT, LOINC) are warnings, and so are profiles that are not here: no
 * sender can be held to what we do not have.
 *
 * <p>It has no limit of its own; whoever calls it bounds its time. Safe to share between threads.
 */
public final class ReferenceCheck {

    /** The rule of an objection that says that the validator gave no verdict. */
    public static final String VALIDATOR_FAILED = "validator-failed";

    static {
        // For all of the process: the validator would open an Attachment's url, a file of ours among them.
        ManagedWebAccess.setAccessPolicy(ManagedWebAccess.WebAccessPolicy.PROHIBITED);
        ManagedFileAccess.setAccessPolicy(ManagedFileAccess.FileAccessPolicy.PROHIBITED);
    }

    private final Deadline deadline = new Deadline();
    private final FhirContext fhir;
    private final Guide guide;
    private final IValidationSupport support;
    private final FhirValidator validator;

    public ReferenceCheck(Guide guide) {
        this.guide = guide;
        fhir = FhirContext.forR4();
        support = support(fhir, guide);
        var instances = new FhirInstanceValidator(support);
        instances.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
        instances.setAnyExtensionsAllowed(true);
        instances.setErrorForUnknownProfiles(false);
        instances.setValidatorPolicyAdvisor(deadline);
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

    Guide guide() {
        return guide;
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
        return check(json, profiles, () -> false);
    }

    /**
     * The same, within a time.
     *
     * @param isOver asked again and again on the way; once it says so, the check ends with {@link TimeIsOver}
     */
    public List<Objection> check(String json, List<String> profiles, BooleanSupplier isOver) {
        deadline.set(isOver);
        try {
            return check(json, options(profiles));
        } catch (RuntimeException | AssertionError e) {
            // On some payloads the validator itself fails, with assertions on more of them. Its message may quote them.
            return List.of(new Objection(
                    Objection.Severity.FATAL, "", VALIDATOR_FAILED, "The validator cannot look into this payload."));
        } finally {
            deadline.clear();
        }
    }

    private static ValidationOptions options(List<String> profiles) {
        var options = new ValidationOptions();
        profiles.forEach(options::addProfile);
        return options;
    }

    private List<Objection> check(String json, ValidationOptions options) {
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
