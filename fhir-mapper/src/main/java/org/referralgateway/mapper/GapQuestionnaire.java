package org.referralgateway.mapper;

import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.referralgateway.events.ReferralFacts.CompletenessItem;
import org.referralgateway.mapper.GapQuestions.Question;

/** A blank form that asks a placer only for what the clinic misses of a referral; {@link GapAnswers} reads it back. */
public final class GapQuestionnaire {

    /** By which an answered form is told. */
    public static final String URL = "urn:referral-gateway:questionnaire:gaps";

    private GapQuestionnaire() {}

    /**
     * @param referral with its completeness
     * @return a form without items where nothing is missing or stale
     */
    public static Questionnaire of(Referral referral) {
        var questionnaire = new Questionnaire();
        questionnaire.setUrl(URL);
        questionnaire.setStatus(PublicationStatus.ACTIVE);
        questionnaire.setTitle("What the clinic still needs");
        questionnaire.addSubjectType("Patient");
        referral.completeness().stream()
                .filter(CompletenessItem::mustBeAskedFor)
                .flatMap(item -> GapQuestions.of(item.item()).stream())
                .filter(question -> !isThere(referral, question.linkId()))
                .forEach(question -> questionnaire.addItem(item(question)));
        return questionnaire;
    }

    /** Parts of an item that were sent although the item as a whole is not complete. */
    private static boolean isThere(Referral referral, String linkId) {
        var patient = referral.patient();
        return switch (linkId) {
            case "patient-identity.name" -> patient.name() != null;
            case "patient-identity.birth-date" -> patient.birthDate() != null;
            case "patient-identity.sex" -> patient.sex() != null;
            case "patient-identity.number" -> !patient.identifiers().isEmpty();
            case "patient-contact.phone" -> !patient.phones().isEmpty();
            case "patient-contact.language" -> patient.language() != null;
            case "referrer.name" ->
                referral.requester() != null && !referral.requester().label().isEmpty();
            case "referrer.phone" ->
                referral.requester() != null && referral.requester().phone() != null;
            case "request-details.authored-on" -> referral.authoredOn() != null;
            case "request-details.service" -> !referral.service().isEmpty();
            default -> false;
        };
    }

    private static QuestionnaireItemComponent item(Question question) {
        var item = new QuestionnaireItemComponent();
        item.setLinkId(question.linkId());
        item.setText(question.text());
        item.setType(question.type());
        if (question.code() != null) {
            item.addCode(question.code().copy());
        }
        if (question.repeats()) {
            item.setRepeats(true);
        }
        question.options().forEach(option -> item.addAnswerOption().setValue(option.copy()));
        question.parts().forEach(part -> item.addItem(item(part)));
        return item;
    }
}
