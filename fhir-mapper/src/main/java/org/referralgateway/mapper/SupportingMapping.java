package org.referralgateway.mapper;

import java.util.Set;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;

/** What else came along: allergies, documents, coverage; and the list of what was kept but not taken into the referral. */
final class SupportingMapping {

    /** Types whose content is in the referral, directly or through what points to them. */
    private static final Set<String> MAPPED = Set.of(
            "ServiceRequest",
            "Patient",
            "Practitioner",
            "PractitionerRole",
            "Organization",
            "HealthcareService",
            "Condition",
            "MedicationStatement",
            "MedicationRequest",
            "Medication",
            "AllergyIntolerance",
            "Observation",
            "DocumentReference",
            "Coverage",
            "Task",
            "Procedure",
            "QuestionnaireResponse",
            "DiagnosticReport",
            "Media",
            "Composition",
            "Binary",
            "Questionnaire",
            "CarePlan",
            "Encounter",
            "MessageHeader",
            "Flag",
            "Consent",
            "Location");

    private final ResourceGraph graph;
    private final Trace trace;

    SupportingMapping(ResourceGraph graph, Trace trace) {
        this.graph = graph;
        this.trace = trace;
    }

    /** Nothing is dropped in silence: what no field of the referral holds is named, and kept with the payload. */
    void notMapped(ServiceRequest request) {
        var person = new WhosePatient(graph, request);
        for (var node : graph.all(Resource.class)) {
            if (node.key() == null && !MAPPED.contains(node.resource().fhirType()) && person.owns(node.resource())) {
                trace.information(
                        IssueCode.NOT_MAPPED,
                        node.path(),
                        "A " + node.resource().fhirType()
                                + " is kept as sent, but not yet read into the referral; a coordinator sees that it is there.");
            }
        }
    }
}
