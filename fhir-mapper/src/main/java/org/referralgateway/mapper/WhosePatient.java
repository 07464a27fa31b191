package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;

/**
 * Keeps the patients of one payload apart. What is contained in another ServiceRequest, points to another Patient of the
 * payload, or names another number of the same system, is somebody else's; what says nothing, or points outside, came along
 * with this referral and counts.
 */
final class WhosePatient {

    private final ResourceGraph graph;
    private final ServiceRequest request;
    private final Optional<Patient> patient;
    private final List<BusinessIdentifier> identifiers = new ArrayList<>();

    WhosePatient(ResourceGraph graph, ServiceRequest request) {
        this.graph = graph;
        this.request = request;
        this.patient = patient(request, request.getSubject());
        Identifiers.of(request.getSubject().getIdentifier()).ifPresent(identifiers::add);
        patient.ifPresent(known -> identifiers.addAll(Identifiers.of(known.getIdentifier())));
    }

    private Optional<Patient> patient(Resource from, Reference reference) {
        return graph.resolve(from, reference)
                .map(ResourceGraph.Node::resource)
                .filter(Patient.class::isInstance)
                .map(Patient.class::cast);
    }

    boolean owns(Resource resource) {
        var container = graph.container(resource);
        if (container.isPresent() && container.get() instanceof ServiceRequest other && other != request) {
            return false;
        }
        return subject(resource).map(reference -> isOurs(resource, reference)).orElse(true);
    }

    private boolean isOurs(Resource resource, Reference reference) {
        var theirs = patient(resource, reference);
        if (theirs.isEmpty()) {
            return Identifiers.of(reference.getIdentifier()).stream().noneMatch(this::isAnotherNumber);
        }
        return patient.map(ours -> ours == theirs.get())
                .orElseGet(() -> Identifiers.of(theirs.get().getIdentifier()).stream()
                        .anyMatch(number -> identifiers.stream()
                                .anyMatch(ours -> ours.token().equals(number.token()))));
    }

    private boolean isAnotherNumber(BusinessIdentifier theirs) {
        var sameSystem = identifiers.stream()
                .filter(ours -> theirs.system() != null && theirs.system().equals(ours.system()))
                .toList();
        return !sameSystem.isEmpty()
                && sameSystem.stream().noneMatch(ours -> ours.value().equals(theirs.value()));
    }

    /** The element that says whose it is. */
    static Optional<Reference> subject(Resource resource) {
        for (var name : List.of("subject", "patient", "beneficiary", "for")) {
            var property = resource.getNamedProperty(name);
            if (property != null
                    && property.hasValues()
                    && property.getValues().getFirst() instanceof Reference reference) {
                return Optional.of(reference);
            }
        }
        return Optional.empty();
    }
}
