package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.referralgateway.mapper.Together.referral;
import static org.referralgateway.mapper.Together.sources;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody made of the patient, in resources that have no place of their own in a referral. */
class AssessmentsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'resourceType':'ClinicalImpression','status':'completed','subject':{'reference':'Patient/p'},'summary':'tired'; tired; summary",
                "'resourceType':'ClinicalImpression','status':'completed','subject':{'reference':'Patient/p'},'description':'tired'; tired; description",
                "'resourceType':'ClinicalImpression','status':'completed','subject':{'reference':'Patient/p'},'finding':[{'itemCodeableConcept':{'text':'tired'}}]; tired; finding[0].itemCodeableConcept",
                "'resourceType':'ClinicalImpression','status':'completed','subject':{'reference':'Patient/p'},'note':[{'text':'tired'}]; tired; note[0].text",
                "'resourceType':'RiskAssessment','status':'final','subject':{'reference':'Patient/p'},'prediction':[{'outcome':{'text':'Fall'},'qualitativeRisk':{'text':'high'}}]; high risk: Fall; prediction[0].outcome",
                "'resourceType':'RiskAssessment','status':'final','subject':{'reference':'Patient/p'},'prediction':[{'outcome':{'text':'Fall'}}]; Fall; prediction[0].outcome",
                "'resourceType':'RiskAssessment','status':'final','subject':{'reference':'Patient/p'},'mitigation':'stick'; stick; mitigation",
                "'resourceType':'DetectedIssue','status':'final','patient':{'reference':'Patient/p'},'detail':'two sedatives'; two sedatives; detail",
                "'resourceType':'DetectedIssue','status':'final','patient':{'reference':'Patient/p'},'code':{'text':'interaction'}; interaction; code",
                "'resourceType':'AdverseEvent','actuality':'actual','subject':{'reference':'Patient/p'},'event':{'text':'rash'}; rash; event",
                "'resourceType':'Communication','status':'completed','subject':{'reference':'Patient/p'},'payload':[{'contentString':'she rang'}]; she rang; payload[0].content",
            })
    void isANoteWithItsSource(String resource, String note, String element) {
        var referral = referral("", "{" + resource + "}");

        assertThat(referral.notes()).containsExactly(note);
        assertThat(sources(referral, "notes[0]")).containsExactly("Bundle.entry[2].resource." + element + " COPIED");
    }

    @Test
    void whatWasEnteredInErrorIsNone() {
        var referral = referral("", """
                {'resourceType':'ClinicalImpression','status':'entered-in-error','subject':{'reference':'Patient/p'},
                'summary':'tired'}""", """
                {'resourceType':'RiskAssessment','status':'entered-in-error','subject':{'reference':'Patient/p'},
                'mitigation':'stick'}""", """
                {'resourceType':'DetectedIssue','status':'entered-in-error','patient':{'reference':'Patient/p'},
                'detail':'two sedatives'}""", """
                {'resourceType':'Communication','status':'entered-in-error','subject':{'reference':'Patient/p'},
                'payload':[{'contentString':'she rang'}]}""");

        assertThat(referral.notes()).isEmpty();
    }
}
