package org.referralgateway.mapper;

import java.time.Instant;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/** Who the referral is about. Source: <a href="http://hl7.org/fhir/R4/patient.html">Patient</a>. */
final class PatientMapping {

    private final Belongings belongings;
    private final Parties parties;
    private final Trace trace;
    private final Instant now;

    PatientMapping(Belongings belongings, Parties parties, Trace trace, Instant now) {
        this.belongings = belongings;
        this.parties = parties;
        this.trace = trace;
        this.now = now;
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
        var resolved = belongings.resolve(request, subject);
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
        trace.copied("patient.identifiers[0]", here + ".identifier");
        if (subject.hasDisplay()) {
            trace.copied("patient.name", here + ".display");
        }
        return Referral.Patient.known(identifier.get(), subject.getDisplay());
    }

    private Referral.Patient known(Patient patient, String path, String here) {
        trace.copied("patient.resource", here);
        var person = new PersonMapping(patient, path, trace, now).person(parties, belongings.all(RelatedPerson.class));
        if (person.identifiers().isEmpty() && person.name() == null && person.birthDate() == null) {
            trace.error(
                    IssueCode.SUBJECT_WITHOUT_IDENTITY,
                    here,
                    "The Patient has no identifier, no name and no birth date. Add what identifies the person.");
        }
        return person;
    }
}
