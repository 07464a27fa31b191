package org.referralgateway.mapper;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.ContactComponent;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.Concept;
import org.referralgateway.mapper.Referral.ContactPerson;
import org.referralgateway.mapper.Referral.How;
import org.referralgateway.mapper.Referral.Party;

/**
 * What is known of the person. BaRS keeps the patient's own telephone under {@code Patient.contact} with the relationship
 * ONESELF. Source: the reference notes, section 4.9.
 */
final class PersonMapping {

    private static final String ONESELF = "ONESELF";

    /** SNOMED CT, LOINC and v2 for yes. */
    private static final Set<String> YES = Set.of("373066001", "LA33-6", "Y", "true", "yes");

    private final Patient patient;
    private final String path;
    private final Trace trace;
    private final Row row;
    private final Instant now;

    PersonMapping(Patient patient, String path, Trace trace, Instant now) {
        this.patient = patient;
        this.path = path;
        this.trace = trace;
        this.row = trace.row("patient", path);
        this.now = now;
    }

    /**
     * @param relatives RelatedPersons of the patient that came along
     */
    Referral.Patient person(Parties parties, List<Found<RelatedPerson>> relatives) {
        var points = ownPoints();
        return new Referral.Patient(
                path,
                identifiers(),
                name(),
                row.copied("birthDate", "birthDate", Periods.date(patient.getBirthDateElement())),
                row.copied(
                        "sex",
                        "gender",
                        patient.getGender() == null ? null : patient.getGender().toCode()),
                reached("phones", points.phones()),
                languages(),
                interpreterNeeded(),
                deceased(),
                addresses(),
                reached("emails", points.emails()),
                otherNames(),
                contactPersons(relatives),
                generalPractitioners(parties),
                numberVerification());
    }

    private List<BusinessIdentifier> identifiers() {
        var numbers = new ArrayList<BusinessIdentifier>();
        for (int i = 0; i < patient.getIdentifier().size(); i++) {
            var number = Identifiers.of(patient.getIdentifier().get(i));
            if (number.isPresent()) {
                row.say("identifiers[" + numbers.size() + "]", "identifier[" + i + "]", How.COPIED);
                numbers.add(number.get());
            }
        }
        return numbers;
    }

    private @Nullable String name() {
        if (!patient.hasName()) {
            return null;
        }
        int preferred = Names.preferred(patient.getName());
        return row.computed(
                "name", "name[" + preferred + "]", Names.full(patient.getName().get(preferred)));
    }

    private List<String> otherNames() {
        var others = new ArrayList<String>();
        int preferred = patient.hasName() ? Names.preferred(patient.getName()) : -1;
        for (int i = 0; i < patient.getName().size(); i++) {
            var name = i == preferred ? null : Names.other(patient.getName().get(i));
            if (row.computed("otherNames[" + others.size() + "]", "name[" + i + "]", name) != null) {
                others.add(name);
            }
        }
        return others;
    }

    private ContactPoints ownPoints() {
        var points = new ContactPoints(now);
        points.add(patient.getTelecom(), path);
        for (int i = 0; i < patient.getContact().size(); i++) {
            var contact = patient.getContact().get(i);
            if (isTheirOwn(contact)) {
                points.add(contact.getTelecom(), path + ".contact[" + i + "]");
            }
        }
        return points;
    }

    private static boolean isTheirOwn(ContactComponent contact) {
        return contact.getRelationship().stream()
                .flatMap(relationship -> relationship.getCoding().stream())
                .anyMatch(coding -> ONESELF.equals(coding.getCode()));
    }

    /** The same number may be there twice: as the person's and as that of the contact who is the person. */
    private List<String> reached(String field, List<ContactPoints.Point> points) {
        var values = new ArrayList<String>();
        for (var point : points) {
            int known = values.indexOf(point.value());
            trace.copied("patient." + field + "[" + (known < 0 ? values.size() : known) + "]", point.path());
            if (known < 0) {
                values.add(point.value());
            }
        }
        return values;
    }

    private List<ContactPerson> contactPersons(List<Found<RelatedPerson>> relatives) {
        var persons = new ArrayList<ContactPerson>();
        for (int i = 0; i < patient.getContact().size(); i++) {
            var contact = patient.getContact().get(i);
            if (!isTheirOwn(contact) && !Periods.isOver(contact.getPeriod(), now)) {
                trace.computed("patient.contactPersons[" + persons.size() + "]", path + ".contact[" + i + "]");
                persons.add(contactPerson(contact));
            }
        }
        for (var relative : relatives) {
            if (!isPast(relative.resource())) {
                persons.add(contactPerson(relative, "patient.contactPersons[" + persons.size() + "]"));
            }
        }
        return persons;
    }

    private boolean isPast(RelatedPerson relative) {
        return (relative.hasActive() && !relative.getActive()) || Periods.isOver(relative.getPeriod(), now);
    }

    private ContactPerson contactPerson(Found<RelatedPerson> relative, String field) {
        var person = relative.resource();
        var line = trace.row(field, relative.path());
        var points = new ContactPoints(now);
        points.add(person.getTelecom(), relative.path());
        points.phones().forEach(point -> trace.copied(field + ".phones", point.path()));
        int preferred = person.hasName() ? Names.preferred(person.getName()) : -1;
        return new ContactPerson(
                preferred < 0
                        ? null
                        : line.computed(
                                "name",
                                "name[" + preferred + "]",
                                Names.full(person.getName().get(preferred))),
                line.labels("relationship", "relationship", person.getRelationship()),
                points.phones().stream().map(ContactPoints.Point::value).toList());
    }

    private ContactPerson contactPerson(ContactComponent contact) {
        var points = new ContactPoints(now);
        points.add(contact.getTelecom(), "");
        var relationship = contact.getRelationship().stream()
                .map(concept -> Concepts.of(concept).label())
                .filter(label -> !label.isEmpty())
                .toList();
        return new ContactPerson(
                Names.full(contact.getName()),
                relationship.isEmpty() ? null : String.join(", ", relationship),
                points.phones().stream().map(ContactPoints.Point::value).toList());
    }

    private List<String> addresses() {
        var addresses = new ArrayList<String>();
        for (int i = 0; i < patient.getAddress().size(); i++) {
            var address = patient.getAddress().get(i);
            boolean old = address.getUse() == org.hl7.fhir.r4.model.Address.AddressUse.OLD
                    || Periods.isOver(address.getPeriod(), now);
            var line = old ? null : Names.of(address);
            if (row.computed("addresses[" + addresses.size() + "]", "address[" + i + "]", line) != null) {
                addresses.add(line);
            }
        }
        return addresses;
    }

    private @Nullable String deceased() {
        return switch (patient.getDeceased()) {
            case DateTimeType when -> row.copied("deceased", "deceased", Periods.date(when));
            case BooleanType dead
            when dead.hasValue() -> row.computed("deceased", "deceased", dead.booleanValue() ? "yes" : "no");
            case null, default -> null;
        };
    }

    /** The preferred language first. */
    private @Nullable String languages() {
        var languages = patient.getCommunication();
        var labels = new ArrayList<String>();
        var order = IntStream.range(0, languages.size())
                .boxed()
                .sorted(Comparator.comparing(i -> !languages.get(i).getPreferred()))
                .toList();
        for (int i : order) {
            var label = Concepts.of(languages.get(i).getLanguage()).label();
            if (row.copied("language", "communication[" + i + "].language", label) != null) {
                labels.add(label);
            }
        }
        return labels.isEmpty() ? null : String.join(", ", labels);
    }

    private boolean interpreterNeeded() {
        for (int i = 0; i < patient.getExtension().size(); i++) {
            if (saysInterpreter(patient.getExtension().get(i))) {
                row.say("interpreterNeeded", "extension[" + i + "]", How.CODED);
                return true;
            }
        }
        return false;
    }

    /** R4's own extension, US Core's and UK Core's, which nests it. */
    private static boolean saysInterpreter(Extension extension) {
        var url = String.valueOf(extension.getUrl()).toLowerCase(Locale.ROOT).replace("-", "");
        return (url.contains("interpreter") && isYes(extension.getValue()))
                || extension.getExtension().stream().anyMatch(PersonMapping::saysInterpreter);
    }

    private static boolean isYes(@Nullable Type value) {
        return switch (value) {
            case BooleanType bool -> bool.hasValue() && bool.booleanValue();
            case Coding coding -> YES.contains(String.valueOf(coding.getCode()));
            case CodeableConcept concept -> concept.getCoding().stream().anyMatch(PersonMapping::isYes);
            case null, default -> false;
        };
    }

    private List<Party> generalPractitioners(Parties parties) {
        var found = new ArrayList<Party>();
        for (int i = 0; i < patient.getGeneralPractitioner().size(); i++) {
            var party = parties.of(
                    patient,
                    patient.getGeneralPractitioner().get(i),
                    "patient.generalPractitioners[" + found.size() + "]",
                    path + ".generalPractitioner[" + i + "]");
            if (party != null) {
                found.add(party);
            }
        }
        return found;
    }

    /** Whether the NHS number was traced. Source: UK Core, Extension-UKCore-NHSNumberVerificationStatus. */
    private @Nullable Concept numberVerification() {
        for (int i = 0; i < patient.getIdentifier().size(); i++) {
            var extensions = patient.getIdentifier().get(i).getExtension();
            for (int k = 0; k < extensions.size(); k++) {
                if (String.valueOf(extensions.get(k).getUrl()).contains("NHSNumberVerificationStatus")
                        && extensions.get(k).getValue() instanceof CodeableConcept status) {
                    row.say("numberVerification", "identifier[" + i + "].extension[" + k + "].value", How.COPIED);
                    return Concepts.of(status);
                }
            }
        }
        return null;
    }
}
