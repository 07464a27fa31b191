package org.referralgateway.mapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.events.ReferralFacts.CompletenessItem;

/** The clinic asks only for what it misses, and what comes back closes the gaps. */
class GapQuestionnaireTest {

    private static final String NOBODY = "{'resourceType':'Patient','id':'p','name':[{'text':'Robin Sorrel'}]}";

    @Test
    void asksOnlyForWhatIsMissing() {
        var referral = Together.referral(
                "'authoredOn':'2026-11-01','code':{'text':'pain clinic'},'bodySite':[{'text':'left hand'}]");

        assertThat(linkIds(GapQuestionnaire.of(referral)))
                .contains("patient-contact.phone", "blood-pressure.systolic", "allergies", "pain-intensity")
                .doesNotContain(
                        "patient-identity.name",
                        "request-details.service",
                        "request-details.authored-on",
                        "budapest-criteria.symptoms");
    }

    @Test
    void asksForTheScoresOfTheConditionThatIsReferred() {
        var referral = Together.referral(
                "'reasonCode':[{'coding':[{'system':'http://hl7.org/fhir/sid/icd-10-cm','code':'M79.7'}]}]");

        assertThat(linkIds(GapQuestionnaire.of(referral)))
                .contains("fibromyalgia-criteria.wpi", "fibromyalgia-criteria.sss")
                .doesNotContain("headache-days.headache");
    }

    @Test
    void asksByCodeWhereTheTablesHaveOne() {
        var questionnaire = GapQuestionnaire.of(Together.referral("'code':{'text':'x'}"));

        assertThat(questionnaire.getItem())
                .filteredOn(item -> item.getLinkId().equals("pain-intensity"))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.getCodeFirstRep().getCode()).isEqualTo("72514-3");
                    assertThat(item.getInitial()).isEmpty();
                });
    }

    /** Reasons under which every conditional item is asked for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "G90.511",
                "M79.7",
                "G43.709",
                "G54.6",
                "S24.103S",
                "G62.0",
                "B02.29",
            })
    void whatComesBackClosesEveryGap(String code) {
        var asked = bundle(code);
        var before = Payloads.referral(asked);
        var questionnaire = GapQuestionnaire.of(before);

        var after = Payloads.referral(bundle(code, answered(questionnaire)));

        assertThat(lacking(before)).isNotEmpty();
        assertThat(lacking(after)).isEmpty();
        assertThat(GapQuestionnaire.of(after).getItem()).isEmpty();
    }

    @Test
    void everyAnswerSaysWhereItStood() {
        var asked = bundle("M79.7");
        var form = answered(GapQuestionnaire.of(Payloads.referral(asked)));

        var referral = Payloads.referral(bundle("M79.7", form));

        var at = indexOf(form, "pain-intensity");
        assertThat(referral.measurements())
                .filteredOn(measurement -> Concepts.has(measurement.concept(), "http://loinc.org", "72514-3"))
                .hasSize(1);
        assertThat(referral.lineage())
                .extracting(Referral.Lineage::source)
                .contains("Bundle.entry[4].resource.item[" + at + "].answer[0].value")
                .noneMatch(source -> source.matches(".*item\\[\\d+]\\.answer\\[0]\\.value\\..*"));
    }

    @Test
    void whatWasSentIsNotOverwritten() {
        var form = new QuestionnaireResponse();
        form.setQuestionnaire(GapQuestionnaire.URL);
        form.setStatus(QuestionnaireResponseStatus.COMPLETED);
        form.addItem().setLinkId("patient-identity.name").addAnswer().setValue(new StringType("Somebody Else"));

        var referral = Together.referral("'code':{'text':'x'}", json(form));

        assertThat(referral.patient().name()).isEqualTo("Robin Sorrel");
    }

    @Test
    void aListThatSaysThatItIsEmptyIsAnAnswer() {
        var referral = Together.referral("", """
                {'resourceType':'List','status':'current','mode':'snapshot','subject':{'reference':'Patient/p'},
                'code':{'coding':[{'system':'http://loinc.org','code':'48765-2'}]},'emptyReason':{'coding':[{'code':'nilknown'}]}}""", """
                {'resourceType':'List','status':'current','mode':'snapshot','subject':{'reference':'Patient/p'},
                'title':'Current medication','emptyReason':{'coding':[{'code':'nilknown'}]}}""");

        assertThat(lacking(referral)).doesNotContain("allergies", "current-medication");
        assertThat(referral.lineage())
                .extracting(Referral.Lineage::source)
                .contains("Bundle.entry[2].resource.emptyReason", "Bundle.entry[3].resource.emptyReason");
    }

    /** A request of somebody of whom only the name is known, with what makes every conditional item required. */
    private static String bundle(String code, QuestionnaireResponse... forms) {
        var others = new ArrayList<String>();
        others.add(condition(code));
        others.add(condition("I10,H40.9,K74.60"));
        for (var form : forms) {
            others.add(json(form));
        }
        return Together.bundle(
                "'reasonReference':[{'reference':'Condition/" + code.replace(".", "-") + "'}]",
                NOBODY,
                others.toArray(String[]::new));
    }

    private static String condition(String codes) {
        var codings = new ArrayList<String>();
        for (var code : codes.split(",", -1)) {
            codings.add("{'system':'http://hl7.org/fhir/sid/icd-10-cm','code':'" + code + "'}");
        }
        return "{'resourceType':'Condition','id':'" + codes.replace(".", "-").replace(",", "-")
                + "','subject':{'reference':'Patient/p'},'code':{'coding':[" + String.join(",", codings) + "]}}";
    }

    private static String json(QuestionnaireResponse form) {
        return new String(
                        Payloads.FHIR
                                .newJsonParser()
                                .encodeResourceToString(form)
                                .getBytes(UTF_8),
                        UTF_8)
                .replace('"', '\'');
    }

    private static List<String> lacking(Referral referral) {
        return referral.completeness().stream()
                .filter(CompletenessItem::mustBeAskedFor)
                .map(CompletenessItem::item)
                .toList();
    }

    private static List<String> linkIds(Questionnaire questionnaire) {
        return questionnaire.getItem().stream()
                .map(QuestionnaireItemComponent::getLinkId)
                .toList();
    }

    private static int indexOf(QuestionnaireResponse form, String linkId) {
        for (int i = 0; i < form.getItem().size(); i++) {
            if (form.getItem().get(i).getLinkId().equals(linkId)) {
                return i;
            }
        }
        throw new AssertionError("There is no " + linkId + ".");
    }

    private static QuestionnaireResponse answered(Questionnaire questionnaire) {
        var form = new QuestionnaireResponse();
        form.setQuestionnaire(questionnaire.getUrl());
        form.setStatus(QuestionnaireResponseStatus.COMPLETED);
        form.getSubject().setReference("Patient/p");
        form.getAuthoredElement().setValueAsString("2026-11-21");
        questionnaire.getItem().forEach(item -> form.addItem(answered(item)));
        return form;
    }

    private static QuestionnaireResponseItemComponent answered(QuestionnaireItemComponent asked) {
        var item = new QuestionnaireResponseItemComponent();
        item.setLinkId(asked.getLinkId());
        switch (asked.getType()) {
            case GROUP -> asked.getItem().forEach(part -> item.addItem(answered(part)));
            default -> item.addAnswer().setValue(answer(asked));
        }
        return item;
    }

    private static Type answer(QuestionnaireItemComponent asked) {
        return switch (asked.getType()) {
            case DATE -> new DateType(asked.getLinkId().contains("birth") ? "1990-02-03" : "2026-01-02");
            case DECIMAL -> new DecimalType(4);
            case CHOICE -> (Coding) asked.getAnswerOption().getLast().getValue();
            default ->
                new StringType(
                        switch (asked.getLinkId()) {
                            case "allergies" -> "none";
                            case "onset" -> "8 months ago";
                            case "cord-injury.level" -> "T10";
                            case "treatment-history.drug" -> "gabapentin";
                            case "patient-contact.language" -> "en";
                            default -> "something";
                        });
        };
    }
}
