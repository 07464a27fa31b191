package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Which other version of FHIR a payload looks like that is no R4. Only what no R4 payload has counts as a sign.
 *
 * <p>Sources: <a href="http://hl7.org/fhir/STU3/resourcelist.html">STU3's resources</a>, its <a
 * href="http://hl7.org/fhir/STU3/referralrequest.html">ReferralRequest</a> and that of <a
 * href="http://hl7.org/fhir/DSTU2/referralrequest.html">DSTU2</a>, <a
 * href="http://hl7.org/fhir/R5/servicerequest.html">R5's ServiceRequest</a>.
 */
enum VersionSigns {
    NONE,
    DSTU2,
    STU3,
    R5;

    /** Resources that DSTU2 had and STU3 renamed. */
    private static final Set<String> DSTU2_TYPES = Set.of("DiagnosticOrder", "MedicationOrder", "Order", "Conformance");

    /** Elements that the requests of DSTU2 had and those of STU3 have not. */
    private static final Set<String> DSTU2_ELEMENTS = Set.of(
            "patient",
            "date",
            "dateSent",
            "fulfillmentTime",
            "supportingInformation",
            "orderedOn",
            "orderer",
            "notes",
            "scheduledDateTime",
            "scheduledPeriod",
            "scheduledTiming");

    private static final Set<String> STU3_REQUESTS = Set.of("ReferralRequest", "ProcedureRequest");

    static VersionSigns of(JsonNode payload) {
        var resources = resources(payload);
        if (resources.stream().anyMatch(VersionSigns::isDstu2)) {
            return DSTU2;
        }
        if (resources.stream().anyMatch(resource -> STU3_REQUESTS.contains(type(resource)))) {
            return STU3;
        }
        return resources.stream().anyMatch(VersionSigns::isR5) ? R5 : NONE;
    }

    private static List<JsonNode> resources(JsonNode payload) {
        var resources = new ArrayList<JsonNode>();
        resources.add(payload);
        for (var entry : payload.path("entry")) {
            resources.add(entry.path("resource"));
        }
        return resources;
    }

    private static String type(JsonNode resource) {
        return resource.path("resourceType").asString("");
    }

    private static boolean isDstu2(JsonNode resource) {
        return DSTU2_TYPES.contains(type(resource))
                || (STU3_REQUESTS.contains(type(resource))
                        && DSTU2_ELEMENTS.stream().anyMatch(resource::has));
    }

    private static boolean isR5(JsonNode resource) {
        return type(resource).equals("ServiceRequest")
                && (hasReasonOfR5(resource.path("reason"))
                        || resource.path("code").has("concept")
                        || resource.path("code").has("reference"));
    }

    /** R5's reason is a concept or a reference; any other is an element that no version has. */
    private static boolean hasReasonOfR5(JsonNode reason) {
        return reason.has("concept")
                || reason.has("reference")
                || reason.valueStream().anyMatch(one -> one.has("concept") || one.has("reference"));
    }
}
