package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.How;
import org.referralgateway.mapper.Referral.Party;

/** Who takes part: any of the types that R4 allows, or only a name or a number. */
final class Parties {

    private final Belongings belongings;
    private final Trace trace;

    Parties(Belongings belongings, Trace trace) {
        this.belongings = belongings;
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
        var resolved = belongings.resolve(from, reference);
        if (resolved.isEmpty()) {
            return unresolved(reference, field, path);
        }
        trace.copied(field, path);
        return party(resolved.get(), reference, field);
    }

    /** What to call somebody of whom no more is needed; where it leads nowhere, only what stands at the reference. */
    @Nullable
    String label(Resource from, Reference reference, String field, String path) {
        var aside = new Trace();
        var parties = new Parties(belongings, aside);
        var party = belongings.resolve(from, reference).isPresent()
                ? parties.of(from, reference, field, path)
                : parties.named(reference, field, path);
        if (party == null) {
            return null;
        }
        var label = Values.nonBlank(party.label());
        if (label != null) {
            var part = label.equals(party.name())
                    ? "name"
                    : party.organization() != null ? "organization" : "identifiers[0]";
            aside.lineage().stream()
                    .filter(line -> line.field().equals(field) || line.field().equals(field + "." + part))
                    .forEach(line -> trace.add(field, line.source(), line.how()));
        }
        return label;
    }

    private @Nullable Party unresolved(Reference reference, String field, String path) {
        if (reference.hasReference()) {
            trace.warning(
                    IssueCode.REFERENCE_UNRESOLVED,
                    path + ".reference",
                    "The reference resolves to nothing in this request or among what you sent before. Include the"
                            + " resource, so that the clinic knows whom to answer.");
        }
        return named(reference, field, path);
    }

    private @Nullable Party named(Reference reference, String field, String path) {
        var row = trace.row(field, path);
        var name = row.copied("name", "display", reference.getDisplay());
        var numbers = Identifiers.of(reference.getIdentifier()).map(List::of).orElse(List.of());
        if (!numbers.isEmpty()) {
            row.say("identifiers[0]", "identifier", How.COPIED);
        }
        return name == null && numbers.isEmpty()
                ? null
                : new Party(reference.getType(), name, null, null, null, null, null, List.of(), numbers);
    }

    private Party party(ResourceGraph.Node node, Reference reference, String field) {
        var draft = new Draft(trace.row(field, node.path()));
        switch (node.resource()) {
            case Practitioner practitioner -> practitioner(draft, practitioner);
            case PractitionerRole role -> role(draft, role);
            case Organization organization -> {
                organization(draft, organization);
                contacts(draft, organization);
            }
            case HealthcareService service -> service(draft, service);
            case Location location -> location(draft, location);
            case Patient patient -> draft.named(patient.getName()).reached(patient.getTelecom());
            case RelatedPerson relative ->
                draft.named(relative.getName())
                        .reached(relative.getTelecom())
                        .as("relationship", relative.getRelationship());
            default -> draft.named(reference.getDisplay());
        }
        return draft.party(node.resource().fhirType());
    }

    private void practitioner(Draft draft, Practitioner practitioner) {
        draft.named(practitioner.getName())
                .reached(practitioner.getTelecom())
                .numbered(practitioner.getIdentifier())
                .living(practitioner.getAddress());
        qualified(draft, practitioner);
        roleOf(practitioner).ifPresent(found -> {
            draft.within(trace.row(draft.row.field(), found.path()));
            employed(draft, found.resource());
        });
        draft.within(draft.row);
    }

    private static void qualified(Draft draft, Practitioner practitioner) {
        draft.as(
                "qualification",
                practitioner.getQualification().stream()
                        .map(qualification -> qualification.getCode())
                        .toList());
    }

    /** BaRS names the Practitioner; where she works is in a PractitionerRole beside it. */
    private Optional<Found<PractitionerRole>> roleOf(Practitioner practitioner) {
        var roles = belongings.all(PractitionerRole.class).stream()
                .filter(role -> belongings
                        .resolve(role.resource(), role.resource().getPractitioner())
                        .filter(node -> node.resource() == practitioner)
                        .isPresent())
                .toList();
        return roles.size() == 1 ? Optional.of(roles.getFirst()) : Optional.empty();
    }

    private void role(Draft draft, PractitionerRole role) {
        draft.reached(role.getTelecom()).numbered(role.getIdentifier());
        employed(draft, role);
        var person = belongings.resolve(role, role.getPractitioner(), Practitioner.class);
        if (person.isPresent()) {
            draft.row.say("name", "practitioner", How.COPIED);
            draft.within(trace.row(draft.row.field(), person.get().path()));
            draft.named(person.get().resource().getName())
                    .reached(person.get().resource().getTelecom())
                    .numbered(person.get().resource().getIdentifier())
                    .living(person.get().resource().getAddress());
            qualified(draft, person.get().resource());
            draft.within(draft.row);
        } else {
            draft.named(draft.row.copied(
                    "name", "practitioner.display", role.getPractitioner().getDisplay()));
        }
    }

    private void employed(Draft draft, PractitionerRole role) {
        draft.as("code", role.getCode()).as("specialty", role.getSpecialty());
        draft.organization(role, role.getOrganization(), "organization");
    }

    private static void organization(Draft draft, Organization organization) {
        draft.employer = draft.here.copied("organization", "name", organization.getName());
        draft.reached(organization.getTelecom())
                .numbered(organization.getIdentifier())
                .living(organization.getAddress());
    }

    /** Danish municipalities name whom to ask at the organisation itself; at somebody's employer it is somebody else. */
    private static void contacts(Draft draft, Organization organization) {
        var here = draft.here;
        for (int i = 0; i < organization.getContact().size(); i++) {
            var contact = organization.getContact().get(i);
            draft.within(new Row(here.trace(), here.field(), here.at("contact[" + i + "]")));
            if (draft.name == null && contact.hasName()) {
                draft.named(draft.here.computed("name", "name", Names.full(contact.getName())));
            }
            draft.reached(contact.getTelecom());
        }
        draft.within(here);
    }

    private void service(Draft draft, HealthcareService service) {
        draft.named(draft.row.copied("name", "name", service.getName()))
                .reached(service.getTelecom())
                .numbered(service.getIdentifier())
                .as("type", service.getType())
                .as("specialty", service.getSpecialty());
        draft.organization(service, service.getProvidedBy(), "providedBy");
    }

    private void location(Draft draft, Location location) {
        draft.named(draft.row.copied("name", "name", location.getName()))
                .reached(location.getTelecom())
                .numbered(location.getIdentifier());
        draft.address = draft.row.computed("address", "address", Names.of(location.getAddress()));
        draft.organization(location, location.getManagingOrganization(), "managingOrganization");
    }

    /** A party that is put together from one or two resources; what comes first wins. */
    private final class Draft {

        private final Row row;
        private Row here;
        private @Nullable String name;
        private @Nullable String employer;
        private @Nullable String phone;
        private @Nullable String email;
        private @Nullable String address;
        private final List<String> others = new ArrayList<>();
        private final List<String> roles = new ArrayList<>();
        private final List<BusinessIdentifier> identifiers = new ArrayList<>();

        Draft(Row row) {
            this.row = row;
            this.here = row;
        }

        void within(Row resource) {
            here = resource;
        }

        Draft named(@Nullable String text) {
            name = name == null ? text : name;
            return this;
        }

        Draft named(List<HumanName> names) {
            if (!names.isEmpty()) {
                int preferred = Names.preferred(names);
                named(here.computed("name", "name[" + preferred + "]", Names.full(names.get(preferred))));
            }
            return this;
        }

        Draft reached(List<ContactPoint> telecoms) {
            var points = new ContactPoints(null);
            points.add(telecoms, here.path());
            for (var point : points.phones()) {
                phone = kept("phone", phone, point);
            }
            for (var point : points.emails()) {
                email = kept("email", email, point);
            }
            for (var point : points.others()) {
                other(point);
            }
            return this;
        }

        private String kept(String field, @Nullable String first, ContactPoints.Point point) {
            if (first == null) {
                trace.copied(row.field() + "." + field, point.path());
                return point.value();
            }
            other(point);
            return first;
        }

        private void other(ContactPoints.Point point) {
            trace.copied(row.field() + ".otherTelecoms[" + others.size() + "]", point.path());
            others.add(point.label());
        }

        Draft numbered(List<Identifier> numbers) {
            for (int i = 0; i < numbers.size(); i++) {
                var number = Identifiers.of(numbers.get(i));
                if (number.isPresent()) {
                    here.say("identifiers[" + identifiers.size() + "]", "identifier[" + i + "]", How.COPIED);
                    identifiers.add(number.get());
                }
            }
            return this;
        }

        Draft living(List<Address> addresses) {
            for (int i = 0; i < addresses.size() && address == null; i++) {
                address = here.computed("address", "address[" + i + "]", Names.of(addresses.get(i)));
            }
            return this;
        }

        Draft as(String element, List<CodeableConcept> concepts) {
            for (int i = 0; i < concepts.size(); i++) {
                var label = here.copied(
                        "role",
                        element + "[" + i + "]",
                        Concepts.of(concepts.get(i)).label());
                if (label != null && !roles.contains(label)) {
                    roles.add(label);
                }
            }
            return this;
        }

        void organization(Resource from, Reference reference, String element) {
            if (employer != null || reference.isEmpty()) {
                return;
            }
            var found = belongings.resolve(from, reference, Organization.class);
            if (found.isPresent()) {
                here.say("organization", element, How.COPIED);
                var outer = here;
                within(trace.row(row.field(), found.get().path()));
                Parties.organization(this, found.get().resource());
                within(outer);
            } else {
                employer = here.copied("organization", element + ".display", reference.getDisplay());
            }
        }

        Party party(String type) {
            var role = roles.isEmpty() ? null : String.join(", ", roles);
            return new Party(type, name, employer, phone, email, role, address, others, identifiers);
        }
    }
}
