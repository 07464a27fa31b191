package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.Allergy;
import org.referralgateway.mapper.Referral.Cover;
import org.referralgateway.mapper.Referral.Document;

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
            "QuestionnaireResponse");

    private final ResourceGraph graph;
    private final Trace trace;

    SupportingMapping(ResourceGraph graph, Trace trace) {
        this.graph = graph;
        this.trace = trace;
    }

    List<Allergy> allergies(List<ResourceGraph.Node> nodes) {
        var allergies = new ArrayList<Allergy>();
        for (var node : nodes) {
            var allergy = (AllergyIntolerance) node.resource();
            trace.copied("allergies[" + allergies.size() + "]", node.path());
            allergies.add(new Allergy(
                    Concepts.of(allergy.getCode()), Reasons.firstCode(allergy.getClinicalStatus())));
        }
        return allergies;
    }

    List<Document> documents(List<ResourceGraph.Node> nodes) {
        var documents = new ArrayList<Document>();
        for (var node : nodes) {
            var reference = (DocumentReference) node.resource();
            Attachment attachment = reference.getContentFirstRep().getAttachment();
            trace.copied("documents[" + documents.size() + "]", node.path());
            documents.add(new Document(
                    Concepts.of(reference.getType()),
                    attachment.hasTitle() ? attachment.getTitle() : reference.getDescription(),
                    attachment.getContentType(),
                    Periods.date(reference.getDateElement())));
        }
        return documents;
    }

    List<Cover> coverage(List<ResourceGraph.Node> nodes) {
        var covers = new ArrayList<Cover>();
        for (var node : nodes) {
            var coverage = (Coverage) node.resource();
            trace.copied("coverage[" + covers.size() + "]", node.path());
            covers.add(new Cover(
                    payor(coverage),
                    coverage.hasSubscriberId() ? coverage.getSubscriberId() : memberNumber(coverage),
                    coverage.getStatus() == null ? null : coverage.getStatus().toCode()));
        }
        return covers;
    }

    private @Nullable String payor(Coverage coverage) {
        if (!coverage.hasPayor()) {
            return null;
        }
        var payor = coverage.getPayorFirstRep();
        return graph.resolve(coverage, payor)
                .filter(node -> node.resource() instanceof org.hl7.fhir.r4.model.Organization)
                .map(node -> ((org.hl7.fhir.r4.model.Organization) node.resource()).getName())
                .orElse(payor.getDisplay());
    }

    private static @Nullable String memberNumber(Coverage coverage) {
        return coverage.getIdentifier().stream()
                .map(org.hl7.fhir.r4.model.Identifier::getValue)
                .filter(value -> value != null)
                .findFirst()
                .orElse(null);
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
