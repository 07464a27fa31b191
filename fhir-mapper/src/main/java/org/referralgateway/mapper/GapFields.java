package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.Concept;
import org.referralgateway.mapper.Referral.Party;
import org.referralgateway.mapper.Referral.Patient;
import org.referralgateway.mapper.Referral.Reason;

/** Answers to the {@link GapQuestionnaire} about patient, referrer and request: they fill what was not sent, and only that. */
final class GapFields {

    private final Map<String, StringType> answers = new HashMap<>();
    private final Trace trace;

    GapFields(Belongings belongings, Trace trace) {
        this.trace = trace;
        for (var found : belongings.all(QuestionnaireResponse.class)) {
            if (GapAnswers.isOne(found.resource())) {
                GapAnswers.fields(found.resource(), found.path()).forEach(answers::putIfAbsent);
            }
        }
    }

    /** The value where there is one, else the answer. */
    @Nullable
    String filled(@Nullable String value, String field, String linkId) {
        var answer = answers.get(linkId);
        if (value != null || answer == null) {
            return value;
        }
        trace.copied(field, answer.getId());
        return answer.getValue();
    }

    Patient patient(Patient of) {
        if (answers.isEmpty()) {
            return of;
        }
        var phone = filled(first(of.phones()), "patient.phones[0]", "patient-contact.phone");
        var number =
                of.identifiers().isEmpty() ? filled(null, "patient.identifiers[0]", "patient-identity.number") : null;
        return new Patient(
                of.resource(),
                number == null ? of.identifiers() : List.of(new BusinessIdentifier(null, number, null)),
                filled(of.name(), "patient.name", "patient-identity.name"),
                filled(of.birthDate(), "patient.birthDate", "patient-identity.birth-date"),
                filled(of.sex(), "patient.sex", "patient-identity.sex"),
                of.phones().isEmpty() && phone != null ? List.of(phone) : of.phones(),
                filled(of.language(), "patient.language", "patient-contact.language"),
                of.interpreterNeeded(),
                of.deceased(),
                of.addresses(),
                of.emails(),
                of.otherNames(),
                of.contactPersons(),
                of.generalPractitioners(),
                of.numberVerification());
    }

    private static @Nullable String first(List<String> values) {
        return values.isEmpty() ? null : values.getFirst();
    }

    @Nullable
    Party requester(@Nullable Party of) {
        if (answers.isEmpty()) {
            return of;
        }
        var known = of == null ? new Party(null, null, null, null, null, null, null, List.of(), List.of()) : of;
        var name = known.label().isEmpty() ? filled(null, "requester.name", "referrer.name") : known.name();
        var phone = filled(known.phone(), "requester.phone", "referrer.phone");
        return name == null && phone == null && of == null
                ? null
                : new Party(
                        known.type(),
                        name,
                        known.organization(),
                        phone,
                        known.email(),
                        known.role(),
                        known.address(),
                        known.otherTelecoms(),
                        known.identifiers());
    }

    List<Concept> service(List<Concept> of) {
        var text = of.isEmpty() ? filled(null, "service[0]", "request-details.service") : null;
        return text == null ? of : List.of(new Concept(List.of(), text));
    }

    /** Onset and site belong to the first reason. */
    List<Reason> reasons(List<Reason> of) {
        if (answers.isEmpty()) {
            return of;
        }
        var text = of.isEmpty() ? filled(null, "reasons[0].concept", "reason") : null;
        var reasons = new ArrayList<>(of);
        if (text != null) {
            reasons.add(new Reason(new Concept(List.of(), text), null, null, null, null, null, null, null, null));
        }
        if (!reasons.isEmpty()) {
            var first = reasons.getFirst();
            reasons.set(
                    0,
                    new Reason(
                            first.concept(),
                            first.conditionGroup(),
                            first.evidence(),
                            filled(first.onset(), "reasons[0].onset", "onset"),
                            filled(first.bodySite(), "reasons[0].bodySite", "body-site"),
                            first.severity(),
                            first.clinicalStatus(),
                            first.verificationStatus(),
                            first.note()));
        }
        return reasons;
    }
}
