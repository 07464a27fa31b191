package org.referralgateway.mapper;

import java.util.List;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.Party;

/** Who sends the referral and to whom: any of the types that R4 allows, or only a name. */
final class Parties {

    private final ResourceGraph graph;
    private final Trace trace;

    Parties(ResourceGraph graph, Trace trace) {
        this.graph = graph;
        this.trace = trace;
    }

    /**
     * @param field of the referral that this fills
     * @param path FHIRPath of the reference
     */
    @Nullable
    Party of(Resource from, Reference reference, String field, String path) {
        if (reference.isEmpty()) {
            return null;
        }
        var resolved = graph.resolve(from, reference);
        if (resolved.isEmpty()) {
            return unresolved(reference, field, path);
        }
        trace.copied(field, resolved.get().path());
        return party(resolved.get().resource(), reference);
    }

    private @Nullable Party unresolved(Reference reference, String field, String path) {
        if (reference.hasReference()) {
            trace.warning(
                    IssueCode.REFERENCE_UNRESOLVED,
                    path + ".reference",
                    "The reference resolves to nothing in this request or among what you sent before. Include the"
                            + " resource, so that the clinic knows whom to answer.");
        }
        if (!reference.hasDisplay()) {
            return null;
        }
        trace.copied(field + ".name", path + ".display");
        return new Party(reference.getType(), reference.getDisplay(), null, null);
    }

    private Party party(Resource resource, Reference reference) {
        return switch (resource) {
            case Practitioner practitioner -> practitioner(practitioner, null, practitioner.getTelecom());
            case PractitionerRole role -> role(role);
            case Organization organization ->
                new Party("Organization", null, organization.getName(), phone(organization.getTelecom()));
            case HealthcareService service ->
                new Party("HealthcareService", service.getName(), null, phone(service.getTelecom()));
            default -> new Party(resource.fhirType(), reference.getDisplay(), null, null);
        };
    }

    private Party role(PractitionerRole role) {
        var organization = graph.resolve(role, role.getOrganization())
                .filter(node -> node.resource() instanceof Organization)
                .map(node -> ((Organization) node.resource()).getName())
                .orElse(role.getOrganization().getDisplay());
        var practitioner = graph.resolve(role, role.getPractitioner());
        if (practitioner.isPresent() && practitioner.get().resource() instanceof Practitioner person) {
            var telecom = role.hasTelecom() ? role.getTelecom() : person.getTelecom();
            return practitioner(person, organization, telecom);
        }
        return new Party(
                "PractitionerRole", role.getPractitioner().getDisplay(), organization, phone(role.getTelecom()));
    }

    private static Party practitioner(
            Practitioner practitioner, @Nullable String organization, List<ContactPoint> telecom) {
        var name = practitioner.hasName() ? PatientMapping.fullName(practitioner.getNameFirstRep()) : null;
        return new Party("Practitioner", name, organization, phone(telecom));
    }

    private static @Nullable String phone(List<ContactPoint> telecom) {
        return telecom.stream()
                .filter(PatientMapping::isPhone)
                .map(ContactPoint::getValue)
                .findFirst()
                .orElse(null);
    }
}
