package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/** Who the referral is about. Source: <a href="http://hl7.org/fhir/R4/patient.html">Patient</a>. */
final class PatientMapping {

    private static final String INTERPRETER_EXTENSION =
            "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired";

    private final ResourceGraph graph;
    private final Trace trace;

    PatientMapping(ResourceGraph graph, Trace trace) {
        this.graph = graph;
        this.trace = trace;
    }

    /** The patient, or nothing after the reason was reported as an error. */
    Referral.@Nullable Patient of(ServiceRequest request, String path) {
        var subject = request.getSubject();
        var here = path + ".subject";
        if (subject.isEmpty()) {
            trace.error(IssueCode.SUBJECT_MISSING, here, "Say who is referred: add a reference to the Patient.");
            return null;
        }
        if (!subject.hasReference()) {
            return logical(subject, here);
        }
        var resolved = graph.resolve(request, subject);
        if (resolved.isEmpty()) {
            return unresolved(subject, here);
        }
        var node = resolved.get();
        if (!(node.resource() instanceof Patient patient)) {
            trace.error(
                    IssueCode.SUBJECT_WRONG_TYPE,
                    here,
                    "The subject of a referral must be a Patient, not a "
                            + node.resource().fhirType() + ".");
            return null;
        }
        return known(patient, node.path(), here);
    }

    private Referral.@Nullable Patient unresolved(Reference subject, String here) {
        if (isOfAnotherType(subject)) {
            trace.error(IssueCode.SUBJECT_WRONG_TYPE, here, "The subject of a referral must be a Patient.");
            return null;
        }
        if (subject.hasIdentifier() && subject.getIdentifier().hasValue()) {
            trace.warning(
                    IssueCode.REFERENCE_UNRESOLVED,
                    here + ".reference",
                    "The reference resolves to no Patient here; the identifier beside it was taken instead. Include the"
                            + " Patient, so that the clinic can reach the person.");
            return logical(subject, here);
        }
        trace.error(
                IssueCode.SUBJECT_UNRESOLVED,
                here + ".reference",
                "The reference resolves to no Patient: not in this request, and not among what you sent before. Include"
                        + " the Patient as a contained resource or as an entry of a transaction Bundle.");
        return null;
    }

    private static boolean isOfAnotherType(Reference subject) {
        int condition = subject.hasReference() ? subject.getReference().indexOf('?') : -1;
        var type = condition < 0
                ? subject.getReferenceElement().getResourceType()
                : subject.getReference().substring(0, condition);
        return (type != null
                        && !type.isEmpty()
                        && !type.equals("Patient")
                        && !subject.getReference().startsWith("urn:"))
                || (subject.hasType() && !subject.getType().equals("Patient"));
    }

    private Referral.@Nullable Patient logical(Reference subject, String here) {
        if (isOfAnotherType(subject)) {
            trace.error(IssueCode.SUBJECT_WRONG_TYPE, here, "The subject of a referral must be a Patient.");
            return null;
        }
        var identifier = Identifiers.of(subject.getIdentifier());
        if (identifier.isEmpty()) {
            trace.error(
                    IssueCode.SUBJECT_WITHOUT_IDENTITY,
                    here,
                    "A name alone does not say who is referred. Add an identifier of the person, or the Patient.");
            return null;
        }
        trace.copied("patient.identifiers", here + ".identifier");
        if (subject.hasDisplay()) {
            trace.copied("patient.name", here + ".display");
        }
        return new Referral.Patient(
                null, List.of(identifier.get()), subject.getDisplay(), null, null, List.of(), null, false);
    }

    private Referral.Patient known(Patient patient, String path, String here) {
        var identifiers = Identifiers.of(patient.getIdentifier());
        var name = patient.hasName() ? fullName(preferred(patient.getName())) : null;
        if (identifiers.isEmpty()
                && (name == null || name.isBlank())
                && Periods.date(patient.getBirthDateElement()) == null) {
            trace.error(
                    IssueCode.SUBJECT_WITHOUT_IDENTITY,
                    here,
                    "The Patient has no identifier, no name and no birth date. Add what identifies the person.");
        }
        var phones = phones(patient, path);
        lineage(patient, path, identifiers, name);
        return new Referral.Patient(
                path,
                identifiers,
                name,
                Periods.date(patient.getBirthDateElement()),
                patient.getGender() == null ? null : patient.getGender().toCode(),
                phones,
                language(patient),
                interpreterNeeded(patient));
    }

    private void lineage(Patient patient, String path, List<BusinessIdentifier> identifiers, @Nullable String name) {
        if (!identifiers.isEmpty()) {
            trace.copied("patient.identifiers", path + ".identifier");
        }
        if (name != null) {
            trace.computed("patient.name", path + ".name");
        }
        if (Periods.date(patient.getBirthDateElement()) != null) {
            trace.copied("patient.birthDate", path + ".birthDate");
        }
        if (patient.getGender() != null) {
            trace.copied("patient.sex", path + ".gender");
        }
        if (patient.hasCommunication()) {
            trace.copied("patient.language", path + ".communication");
        }
    }

    private List<String> phones(Patient patient, String path) {
        var phones = new ArrayList<String>();
        for (int i = 0; i < patient.getTelecom().size(); i++) {
            var telecom = patient.getTelecom().get(i);
            if (isPhone(telecom)) {
                trace.copied("patient.phones[" + phones.size() + "]", path + ".telecom[" + i + "].value");
                phones.add(telecom.getValue());
            }
        }
        return phones;
    }

    static boolean isPhone(ContactPoint telecom) {
        return telecom.hasValue()
                && (telecom.getSystem() == ContactPointSystem.PHONE || telecom.getSystem() == ContactPointSystem.SMS);
    }

    private static HumanName preferred(List<HumanName> names) {
        return names.stream()
                .filter(name -> name.getUse() == HumanName.NameUse.OFFICIAL)
                .findFirst()
                .orElse(names.getFirst());
    }

    /** Given names before the family name, or the text as sent. */
    static String fullName(HumanName name) {
        if (name.hasText()) {
            return name.getText();
        }
        var given = name.getGivenAsSingleString();
        var family = name.hasFamily() ? name.getFamily() : "";
        return (given + " " + family).strip();
    }

    private static @Nullable String language(Patient patient) {
        return patient.getCommunication().stream()
                .sorted((a, b) -> Boolean.compare(b.getPreferred(), a.getPreferred()))
                .map(communication -> Concepts.of(communication.getLanguage()).label())
                .filter(label -> !label.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static boolean interpreterNeeded(Patient patient) {
        var extension = patient.getExtensionByUrl(INTERPRETER_EXTENSION);
        return extension != null
                && extension.getValue() instanceof org.hl7.fhir.r4.model.BooleanType needed
                && needed.booleanValue();
    }
}
