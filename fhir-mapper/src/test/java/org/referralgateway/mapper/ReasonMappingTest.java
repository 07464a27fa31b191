package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.referralgateway.mapper.Together.issues;
import static org.referralgateway.mapper.Together.referral;
import static org.referralgateway.mapper.Together.sources;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a patient is referred, wherever the sender says it. */
class ReasonMappingTest {

    private static final String CONDITION = """
            {'resourceType':'Condition','id':'%s','subject':{'reference':'Patient/p'},'code':{'text':'%s'}%s}""";
    private static final String CARE_PLAN = """
            {'resourceType':'CarePlan','id':'cp','status':'completed','intent':'plan','subject':{'reference':'Patient/p'}%s,
            'activity':[{'outcomeCodeableConcept':[{'text':'Burning pain since the fracture.'}]}]}""";
    private static final String COMPOSITION = """
            {'resourceType':'Composition','status':'final','type':{'text':'Letter'},'date':'2026-11-01','title':'Letter',
            'subject':{'reference':'Patient/p'},'author':[{'display':'x'}],'section':[{'title':'All','section':[{
            'code':{'coding':[{'system':'http://loinc.org','code':'42349-1'}]}%s,
            'text':{'status':'generated','div':'<div xmlns=\\'http://www.w3.org/1999/xhtml\\'><p>Pain of the <b>left</b> foot</p></div>'}
            }]}]}""".replace("\\'", "\\\"");

    private static String condition(String id, String text, String members) {
        return CONDITION.formatted(id, text, members.isEmpty() ? "" : "," + members);
    }

    private static List<String> labels(Referral referral) {
        return referral.reasons().stream()
                .map(reason -> reason.concept().label())
                .toList();
    }

    @Test
    void whatTheRequestSaysItselfComesFirst() {
        var referral = referral(
                "'reasonCode':[{'text':'said'}],'basedOn':[{'reference':'CarePlan/cp'}],'note':[{'text':'noted'}]",
                CARE_PLAN.formatted(",'addresses':[{'reference':'Condition/c'}]"),
                condition("c", "addressed", ""));

        assertThat(labels(referral)).containsExactly("said");
        assertThat(sources(referral, "reasons[0].concept"))
                .containsExactly("Bundle.entry[0].resource.reasonCode[0] COPIED");
        assertThat(referral.problems()).hasSize(1);
    }

    @Test
    void barsSaysItAsWhatTheCarePlanAddresses() {
        var referral = referral(
                "'basedOn':[{'reference':'CarePlan/cp'}]",
                CARE_PLAN.formatted(",'addresses':[{'reference':'Condition/c'}]"),
                condition("c", "addressed", ""),
                condition("d", "another", ""));

        assertThat(labels(referral)).containsExactly("addressed");
        assertThat(sources(referral, "reasons[0].concept")).containsExactly("Bundle.entry[3].resource.code COPIED");
        assertThat(issues(referral)).noneMatch(issue -> issue.startsWith("reason-assumed"));
    }

    @Test
    void aClaimForAuthorisationSaysItAsDiagnosis() {
        var referral = referral("", """
                {'resourceType':'Claim','status':'active','use':'preauthorization','patient':{'reference':'Patient/p'},
                'created':'2026-11-01','type':{'text':'x'},'provider':{'display':'x'},'priority':{'text':'x'},
                'insurance':[{'sequence':1,'focal':true,'coverage':{'display':'x'}}],'diagnosis':[{'sequence':1,
                'diagnosisCodeableConcept':{'coding':[{'system':'http://hl7.org/fhir/sid/icd-10-cm','code':'B02.29'}]}}]}""");

        assertThat(referral.reasons())
                .extracting(Referral.Reason::conditionGroup)
                .containsExactly("post-herpetic-neuralgia");
        assertThat(sources(referral, "reasons[0].concept"))
                .containsExactly("Bundle.entry[2].resource.diagnosis[0].diagnosis COPIED");
    }

    @Test
    void theConditionsOfALettersSectionAboutTheReasonCount() {
        var referral = referral(
                "",
                COMPOSITION.formatted(",'entry':[{'reference':'Condition/c'}]"),
                condition("c", "named", ""),
                condition("d", "another", ""));

        assertThat(labels(referral)).containsExactly("named");
    }

    @Test
    void thePresentingComplaintComesBeforeOtherConditions() {
        var presenting = "'category':[{'coding':[{'system':'http://snomed.info/sct','code':'33962009'}]}]";
        var referral = referral("", condition("c", "long known", ""), condition("d", "presented", presenting));

        assertThat(labels(referral)).containsExactly("presented");
        assertThat(sources(referral, "reasons[0]")).containsExactly("Bundle.entry[3].resource ASSUMED");
        assertThat(issues(referral)).contains("reason-assumed Bundle.entry[0].resource.reasonCode");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'clinicalStatus':{'coding':[{'code':'resolved'}]}",
                "'verificationStatus':{'coding':[{'code':'refuted'}]}"
            })
    void aConditionThatIsOverOrRefutedIsAProblemButNoReason(String status) {
        var referral = referral("", condition("c", "over", status));

        assertThat(referral.reasons()).isEmpty();
        assertThat(referral.problems()).hasSize(1);
        assertThat(issues(referral)).contains("reason-missing Bundle.entry[0].resource.reasonCode");
    }

    @Test
    void aConditionEnteredInErrorIsLeftOutAndSaidToBe() {
        var referral = referral(
                "'reasonReference':[{'reference':'Condition/c'}]",
                condition("c", "wrong", "'verificationStatus':{'coding':[{'code':'entered-in-error'}]}"));

        assertThat(referral.reasons()).isEmpty();
        assertThat(referral.problems()).isEmpty();
        assertThat(issues(referral)).contains("left-out Bundle.entry[2].resource");
    }

    @Test
    void theNarrativeOfTheCarePlanIsANoteAndTheReasonWhereThereIsNoOther() {
        var referral = referral("'basedOn':[{'reference':'CarePlan/cp'}]", CARE_PLAN.formatted(""));

        assertThat(labels(referral)).containsExactly("Burning pain since the fracture.");
        assertThat(referral.notes()).containsExactly("Burning pain since the fracture.");
        assertThat(sources(referral, "reasons[0].concept"))
                .containsExactly("Bundle.entry[2].resource.activity[0].outcomeCodeableConcept[0].text ASSUMED");
    }

    @Test
    void theTextOfALettersSectionAboutTheReasonCounts() {
        var referral = referral("'note':[{'text':'noted'}]", COMPOSITION.formatted(""));

        assertThat(labels(referral)).containsExactly("Pain of the left foot");
        assertThat(sources(referral, "reasons[0].concept"))
                .containsExactly("Bundle.entry[2].resource.section[0].section[0].text ASSUMED");
    }

    @Test
    void aNoteAloneIsTheReasonAndReadsAsPlainText() {
        var referral = referral("'note':[{'text':'<b>Reason for Referral:</b> Back pain&nbsp;'}]");

        assertThat(labels(referral)).containsExactly("Reason for Referral: Back pain");
        assertThat(sources(referral, "notes[0]")).containsExactly("Bundle.entry[0].resource.note[0].text COMPUTED");
        assertThat(sources(referral, "reasons[0].concept"))
                .containsExactly("Bundle.entry[0].resource.note[0].text ASSUMED");
        assertThat(issues(referral))
                .contains(
                        "reason-assumed Bundle.entry[0].resource.reasonCode",
                        "reason-not-coded Bundle.entry[0].resource.note[0].text");
    }

    @Test
    void aDiagnosisInAFormIsTheReasonWhereTheTableHasIt() {
        var form = """
                {'resourceType':'QuestionnaireResponse','status':'completed','subject':{'reference':'Patient/p'},'item':[{'linkId':'1',
                'answer':[{'valueCoding':{'system':'http://hl7.org/fhir/sid/icd-10','code':'%s','display':'as said'}}]}]}""";
        var referral = referral("'note':[{'text':'noted'}]", form.formatted("M89.0"));

        assertThat(referral.reasons())
                .extracting(Referral.Reason::conditionGroup)
                .containsExactly("complex-regional-pain-syndrome-1");
        assertThat(sources(referral, "reasons[0]"))
                .containsExactly("Bundle.entry[2].resource.item[0].answer[0].value ASSUMED");
        assertThat(labels(referral("'note':[{'text':'noted'}]", form.formatted("Z00.0"))))
                .containsExactly("noted");
    }

    @Test
    void aLongNoteStaysWholeAndTheReasonIsWhatItBeginsWith() {
        var referral = referral("'note':[{'text':'%s'}]".formatted("pain ".repeat(100)));

        assertThat(labels(referral).getFirst()).hasSizeLessThan(310).endsWith("pain […]");
        assertThat(referral.notes().getFirst()).hasSizeGreaterThan(490);
    }

    @Test
    void aFindingOrAReportMayBeTheReason() {
        var referral = referral("""
                'reasonReference':[{'reference':'Observation/o'},{'reference':'DiagnosticReport/r'},
                {'reference':'DocumentReference/d'},{'display':'see letter'}]""", """
                {'resourceType':'Observation','id':'o','status':'final','subject':{'reference':'Patient/p'},
                'code':{'text':'Pain severity'},'valueInteger':8}""", """
                {'resourceType':'DiagnosticReport','id':'r','status':'final','subject':{'reference':'Patient/p'},
                'code':{'text':'MRI'},'conclusion':'Root compression'}""", """
                {'resourceType':'DocumentReference','id':'d','status':'current','subject':{'reference':'Patient/p'},
                'description':'Letter of 1 November','content':[{'attachment':{'url':'https://x.example/1'}}]}""");

        assertThat(labels(referral))
                .containsExactly("Pain severity: 8", "MRI: Root compression", "Letter of 1 November", "see letter");
    }

    @Test
    void keepsWhatAConditionSaysBesidesItsCode() {
        var referral = referral(
                "'reasonReference':[{'reference':'Condition/c'}],'bodySite':[{'text':'arm'}]",
                condition("c", "pain", """
                        'onsetString':'last spring','severity':{'text':'severe'},'note':[{'text':'worse at night'}],
                        'clinicalStatus':{'coding':[{'code':'active'}]},'bodySite':[{'text':'left hand'},{'text':'wrist'}],
                        'verificationStatus':{'coding':[{'code':'confirmed'}]}"""));

        assertThat(referral.reasons().getFirst())
                .isEqualTo(new Referral.Reason(
                        new Referral.Concept(List.of(), "pain"),
                        null,
                        null,
                        "last spring",
                        "left hand, wrist, arm",
                        "severe",
                        "active",
                        "confirmed",
                        "worse at night"));
    }

    @Test
    void aPurposeIsNoDiagnosisSoThatOfTheVisitIsAdded() {
        var crps = "{'resourceType':'Condition','id':'c','subject':{'reference':'Patient/p'},'code':{'coding':[{"
                + "'system':'http://hl7.org/fhir/sid/icd-10-cm','code':'G90.5'}]}}";
        var visit = "{'resourceType':'Encounter','id':'v','status':'finished','class':{'code':'AMB'},"
                + "'subject':{'reference':'Patient/p'},'diagnosis':[{'condition':{'reference':'Condition/c'}}]}";
        var purpose = "'encounter':{'reference':'Encounter/v'},'reasonCode':[{'coding':[{'system':'urn:cl','code':'1',"
                + "'display':'Confirmación'}]}]";

        var referral = referral(purpose, visit, crps);

        assertThat(referral.reasons())
                .extracting(Referral.Reason::conditionGroup)
                .containsExactly(null, "complex-regional-pain-syndrome-1");
        assertThat(referral.problems()).isEmpty();
        assertThat(issues(referral)).contains("reason-assumed Bundle.entry[0].resource.reasonCode");
    }

    @Test
    void aDiagnosisOfTheVisitIsNotAddedToOneThatWasSent() {
        var crps = "{'resourceType':'Condition','id':'c','subject':{'reference':'Patient/p'},'code':{'coding':[{"
                + "'system':'http://hl7.org/fhir/sid/icd-10','code':'G90.5'}]}}";
        var visit = "{'resourceType':'Encounter','id':'v','status':'finished','class':{'code':'AMB'},"
                + "'subject':{'reference':'Patient/p'},'diagnosis':[{'condition':{'reference':'Condition/c'}}]}";

        var referral = referral(
                "'encounter':{'reference':'Encounter/v'},'reasonCode':[{'coding':[{"
                        + "'system':'http://hl7.org/fhir/sid/icd-10-cm','code':'M79.7'}]}]",
                visit,
                crps);

        assertThat(referral.reasons()).hasSize(1);
        assertThat(referral.problems()).hasSize(1);
    }
}
