package org.referralgateway.mapper;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.referralgateway.mapper.Referral.Code;
import org.referralgateway.mapper.Referral.Concept;

/**
 * Tells referrals from the other things that are sent as ServiceRequests. A laboratory or imaging order is refused; what
 * looks like neither is taken and shown to a person.
 */
final class ServiceKind {

    enum Kind {
        REFERRAL,
        LABORATORY_ORDER,
        IMAGING_ORDER,
        UNKNOWN
    }

    /** SNOMED CT: laboratory procedure, laboratory test. */
    private static final Set<String> LABORATORY = Set.of("108252007", "15220000", "laboratory", "lab", "LAB");

    /** SNOMED CT: imaging, diagnostic radiography. */
    private static final Set<String> IMAGING = Set.of("363679005", "77477000", "imaging", "radiology", "RAD");

    /**
     * SNOMED CT: patient referral and referrals to services, as they occur in what practices send; LOINC:
     * referral note.
     */
    private static final Set<String> REFERRAL = Set.of(
            "3457005",
            "306206005",
            "103696004",
            "183545006",
            "306109009",
            "306265007",
            "809591000000106",
            "183583007",
            "57133-1",
            "referral");

    private static final Pattern REFERRAL_WORDS =
            Pattern.compile("\\b(referral|refer|consult|consultation|clinic|evaluation)\\b", Pattern.CASE_INSENSITIVE);

    private ServiceKind() {}

    static Kind of(ServiceRequest request, Concept service, List<Concept> categories) {
        if (anyCode(service, REFERRAL) || categories.stream().anyMatch(category -> anyCode(category, REFERRAL))) {
            return Kind.REFERRAL;
        }
        if (categories.stream().anyMatch(category -> anyCode(category, LABORATORY)) || request.hasSpecimen()) {
            return Kind.LABORATORY_ORDER;
        }
        if (categories.stream().anyMatch(category -> anyCode(category, IMAGING))) {
            return Kind.IMAGING_ORDER;
        }
        if (REFERRAL_WORDS.matcher(words(service, categories)).find()) {
            return Kind.REFERRAL;
        }
        return isLoincOnly(service) ? Kind.LABORATORY_ORDER : Kind.UNKNOWN;
    }

    private static boolean anyCode(Concept concept, Set<String> codes) {
        return concept.codes().stream().map(Code::code).anyMatch(codes::contains);
    }

    /** LOINC names observations, so a request for one asks for a measurement. */
    private static boolean isLoincOnly(Concept service) {
        return !service.codes().isEmpty()
                && service.codes().stream().allMatch(code -> CodeSystems.LOINC.equals(code.system()));
    }

    private static String words(Concept service, List<Concept> categories) {
        var words = new StringBuilder();
        add(words, service);
        categories.forEach(category -> add(words, category));
        return words.toString();
    }

    private static void add(StringBuilder words, Concept concept) {
        words.append(concept.text() == null ? "" : concept.text()).append(' ');
        concept.codes()
                .forEach(code -> words.append(code.display() == null ? "" : code.display())
                        .append(' '));
    }
}
