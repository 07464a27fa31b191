package org.referralgateway.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.ConceptValidationOptions;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.r4.model.ValueSet;
import org.jspecify.annotations.Nullable;

/**
 * Codes that a rule makes rather than a list: units, languages, countries, currencies, media types. They are those of the
 * reference validator, and what it said once is remembered, up to a limit.
 */
final class CommonCodes {

    private static final String UCUM = "http://unitsofmeasure.org";

    private static final Map<String, String> SYSTEM_OF_SET = Map.of(
            CommonCodeSystemsTerminologyService.LANGUAGES_VALUESET_URL, "urn:ietf:bcp:47",
            CommonCodeSystemsTerminologyService.ALL_LANGUAGES_VALUESET_URL, "urn:ietf:bcp:47",
            CommonCodeSystemsTerminologyService.MIMETYPES_VALUESET_URL, "urn:ietf:bcp:13",
            CommonCodeSystemsTerminologyService.CURRENCIES_VALUESET_URL, "urn:iso:std:iso:4217",
            CommonCodeSystemsTerminologyService.UCUM_VALUESET_URL, UCUM);

    private static final Set<String> SYSTEMS =
            Set.of(UCUM, "urn:iso:std:iso:4217", "urn:iso:std:iso:3166", "https://www.usps.com/");

    private static final int MOST_REMEMBERED = 20_000;

    private final CommonCodeSystemsTerminologyService service;
    private final ValidationSupportContext context;
    private final Map<String, Boolean> remembered = new ConcurrentHashMap<>();

    /**
     * @param languages that FHIR suggests
     */
    CommonCodes(List<String> languages) {
        var fhir = FhirContext.forR4Cached();
        var suggested = new ValueSet().setUrl(CommonCodeSystemsTerminologyService.LANGUAGES_VALUESET_URL);
        var include = suggested.getCompose().addInclude();
        languages.forEach(language -> include.addConcept().setCode(language));
        var support = new PrePopulatedValidationSupport(fhir);
        support.addValueSet(suggested);
        service = new CommonCodeSystemsTerminologyService(fhir);
        context = new ValidationSupportContext(support);
    }

    /** True where the codes of a value set are made by a rule. */
    static boolean has(String valueSet) {
        return SYSTEM_OF_SET.containsKey(valueSet);
    }

    /** True where the codes of a system are made by a rule. */
    static boolean hasSystem(String system) {
        return SYSTEMS.contains(system);
    }

    /** The reference has nothing against a unit without a code. */
    static boolean wantsCode(String system) {
        return hasSystem(system) && !system.equals(UCUM);
    }

    boolean isOfSystem(String system, String code) {
        return isValid(system, code, null);
    }

    /**
     * @param system null where it was not sent
     */
    boolean isInSet(String valueSet, @Nullable String system, String code) {
        return (system == null || system.equals(SYSTEM_OF_SET.get(valueSet)))
                && isValid(String.valueOf(SYSTEM_OF_SET.get(valueSet)), code, valueSet);
    }

    private boolean isValid(String system, String code, @Nullable String valueSet) {
        if (code.length() > 200) {
            return false;
        }
        var key = system + "|" + code + "|" + valueSet;
        var known = remembered.get(key);
        if (known != null) {
            return known;
        }
        var result = service.validateCode(context, new ConceptValidationOptions(), system, code, null, valueSet);
        boolean valid = result == null || result.isOk();
        if (remembered.size() < MOST_REMEMBERED) {
            remembered.put(key, valid);
        }
        return valid;
    }
}
