package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.referralgateway.mapper.Together.issues;
import static org.referralgateway.mapper.Together.referral;
import static org.referralgateway.mapper.Together.sources;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What else comes along with a referral: letters, reports, allergies, coverage. */
class SupportingMappingTest {

    private static String document(String members) {
        return "{'resourceType':'DocumentReference','status':'current','subject':{'reference':'Patient/p'},"
                + "'type':{'text':'Letter'}," + members + "}";
    }

    @Test
    void aLetterThatLiesElsewhereStaysAnAddress() {
        var referral = referral("", document("""
                'date':'2026-11-01T10:00:00Z','author':[{'display':'Dr Ash'}],'content':[{'attachment':{'title':'GP letter',
                'contentType':'application/pdf','url':'https://ehr.example/letter/1','size':2048}}]"""));

        assertThat(referral.documents())
                .containsExactly(new Referral.Document(
                        new Referral.Concept(List.of(), "Letter"),
                        "GP letter",
                        "application/pdf",
                        "2026-11-01T10:00:00Z",
                        "https://ehr.example/letter/1",
                        2048L,
                        "Dr Ash",
                        "current",
                        null));
        assertThat(sources(referral, "documents[0].url"))
                .containsExactly("Bundle.entry[2].resource.content[0].attachment.url COPIED");
    }

    @Test
    void aLetterThatCameAsTextReadsAsText() {
        // "Burning pain." and "<p>Cold <b>foot</b></p>" in base64
        var referral = referral("", document("""
                'content':[{'attachment':{'contentType':'text/plain','data':'QnVybmluZyBwYWluLg=='}},
                {'attachment':{'contentType':'text/html','data':'PHA+Q29sZCA8Yj5mb290PC9iPjwvcD4='}},
                {'attachment':{'contentType':'application/pdf','data':'QnVybmluZyBwYWluLg=='}}]"""));

        assertThat(referral.documents())
                .extracting(Referral.Document::text)
                .containsExactly("Burning pain.", "Cold foot", null);
        assertThat(referral.documents()).extracting(Referral.Document::size).containsExactly(13L, 23L, 13L);
    }

    @Test
    void aFileInTheBundleIsThatOfItsDocument() {
        var referral = referral(
                "",
                document("'content':[{'attachment':{'url':'Binary/b'}}]"),
                "{'resourceType':'Binary','id':'b','contentType':'image/png','data':'QQ=='}",
                "{'resourceType':'Binary','id':'c','contentType':'image/gif','data':'QUI='}");

        assertThat(referral.documents())
                .extracting(Referral.Document::contentType, Referral.Document::size)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(null, null),
                        org.assertj.core.groups.Tuple.tuple("image/gif", 2L));
    }

    @Test
    void aReportIsADocumentWithItsConclusion() {
        var referral = referral("", """
                {'resourceType':'DiagnosticReport','status':'final','subject':{'reference':'Patient/p'},'code':{'text':'MRI'},
                'effectiveDateTime':'2026-10-01','conclusion':'No compression.','conclusionCode':[{'text':'normal'}]}""");

        assertThat(referral.documents()).singleElement().satisfies(report -> {
            assertThat(report.kind().label()).isEqualTo("MRI");
            assertThat(report.text()).isEqualTo("No compression.\nnormal");
            assertThat(report.date()).isEqualTo("2026-10-01");
        });
    }

    @Test
    void aDocumentsSectionsReadAsText() {
        var referral = referral("", """
                {'resourceType':'Composition','status':'final','type':{'text':'Referral note'},'date':'2026-11-01','title':'To the clinic',
                'subject':{'reference':'Patient/p'},'author':[{'display':'Dr Ash'}],'section':[
                {'title':'History','text':{'status':'generated','div':'<div xmlns=''http://www.w3.org/1999/xhtml''><p>Fell.</p><p>Broke wrist.</p></div>'}},
                {'title':'Allergies','emptyReason':{'text':'none known'}}]}""".replace("''", "\\\""));

        assertThat(referral.documents()).singleElement().satisfies(letter -> {
            assertThat(letter.title()).isEqualTo("To the clinic");
            assertThat(letter.author()).isEqualTo("Dr Ash");
            assertThat(letter.text()).isEqualTo("History\nFell.\nBroke wrist.\n\nAllergies\nnone known");
        });
        assertThat(sources(referral, "documents[0].text"))
                .containsExactly(
                        "Bundle.entry[2].resource.section[0] COMPUTED", "Bundle.entry[2].resource.section[1] COMPUTED");
    }

    @Test
    void whatIsOnlyMentionedIsListedAndWhatLeadsNowhereIsSaid() {
        var referral = referral("'supportingInfo':[{'display':'letter will follow'},{'reference':'Observation/gone'}]");

        assertThat(referral.documents()).extracting(Referral.Document::title).containsExactly("letter will follow");
        assertThat(issues(referral))
                .contains("reference-unresolved Bundle.entry[0].resource.supportingInfo[1].reference");
    }

    @Test
    void aDocumentEnteredInErrorIsLeftOut() {
        var referral = referral(
                "", document("'content':[{'attachment':{'title':'x'}}]").replace("current", "entered-in-error"));

        assertThat(referral.documents()).isEmpty();
        assertThat(issues(referral)).contains("left-out Bundle.entry[2].resource");
    }

    @Test
    void anAllergyKeepsHowBadItIsAndWhatHappened() {
        var referral = referral("", """
                {'resourceType':'AllergyIntolerance','patient':{'reference':'Patient/p'},'code':{'text':'Penicillin'},
                'clinicalStatus':{'coding':[{'code':'active'}]},'verificationStatus':{'coding':[{'code':'confirmed'}]},
                'criticality':'high','type':'allergy','onsetDateTime':'2001',
                'reaction':[{'manifestation':[{'text':'hives'}],'severity':'severe'},{'description':'swelling'}]}""");

        assertThat(referral.allergies())
                .containsExactly(new Referral.Allergy(
                        new Referral.Concept(List.of(), "Penicillin"),
                        "active",
                        "confirmed",
                        "high",
                        "allergy",
                        "hives, severe; swelling",
                        "2001",
                        null));
    }

    @Test
    void thatThereIsNoAllergyIsAnAnswer() {
        var referral = referral("", """
                {'resourceType':'AllergyIntolerance','patient':{'reference':'Patient/p'},
                'code':{'coding':[{'system':'http://snomed.info/sct','code':'716186003','display':'No known allergy'}]}}""");

        assertThat(referral.allergies())
                .singleElement()
                .satisfies(allergy -> assertThat(allergy.concept().label()).isEqualTo("No known allergy"));
        assertThat(referral.completeness())
                .filteredOn(item -> item.item().equals("allergies"))
                .extracting(item -> item.state())
                .containsExactly("present");
    }

    @Test
    void anAllergyEnteredInErrorIsLeftOut() {
        var referral = referral("", """
                {'resourceType':'AllergyIntolerance','patient':{'reference':'Patient/p'},'code':{'text':'x'},
                'verificationStatus':{'coding':[{'code':'entered-in-error'}]}}""");

        assertThat(referral.allergies()).isEmpty();
        assertThat(issues(referral)).contains("left-out Bundle.entry[2].resource");
    }

    @Test
    void coverageKeepsPlanAndPeriod() {
        var referral = referral("'insurance':[{'reference':'Coverage/c'}]", """
                {'resourceType':'Coverage','id':'c','status':'active','beneficiary':{'reference':'Patient/p'},
                'payor':[{'display':'Acme Health'}],'subscriberId':'M-1','type':{'text':'public'},
                'class':[{'type':{'coding':[{'code':'plan'}]},'value':'B37','name':'Gold'}],'period':{'start':'2026','end':'2026-12'},
                'relationship':{'coding':[{'code':'self'}]}}""");

        assertThat(referral.coverage())
                .containsExactly(new Referral.Cover(
                        "Acme Health",
                        "M-1",
                        "active",
                        "public",
                        List.of("plan: Gold (B37)"),
                        "2026 to 2026-12",
                        "self"));
    }
}
