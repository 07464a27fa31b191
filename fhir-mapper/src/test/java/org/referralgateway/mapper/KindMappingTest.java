package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.referralgateway.mapper.Together.issues;
import static org.referralgateway.mapper.Together.referral;
import static org.referralgateway.mapper.Together.refused;
import static org.referralgateway.mapper.Together.sources;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.clinical.tables.ServiceKind;

/** What is a referral, and what is something else that is sent as a ServiceRequest. */
class KindMappingTest {

    private static String code(String system, String code) {
        return "'code':" + concept(system, code);
    }

    private static String category(String system, String code) {
        return "'category':[" + concept(system, code) + "]";
    }

    private static String concept(String system, String code) {
        return "{'coding':[{'system':'%s','code':'%s'}]}".formatted(system, code);
    }

    @ParameterizedTest
    @CsvSource({
        "http://snomed.info/sct, 3457005",
        "http://snomed.info/sct, 306109009",
        "http://loinc.org, 57133-1",
        "https://fhir.nhs.uk/CodeSystem/usecases-categories-bars, a5t1",
        "https://fhir.nhs.uk/CodeSystem/message-category-servicerequest, validation",
        "http://codesystem.x12.org/005010/1365, 3",
        "https://codesystem.x12.org/005010/1365, 3",
        "http://www.ama-assn.org/go/cpt, 99244",
        "http://example.com/v2-to-fhir-converter/CodeSystem/additional, patient-referral-request",
    })
    void aReferralCodeMakesAReferralInCodeOrCategory(String system, String code) {
        assertThat(referral(code(system, code)).kind()).isEqualTo("referral");
        assertThat(referral(category(system, code)).kind()).isEqualTo("referral");
    }

    @ParameterizedTest
    @CsvSource({
        "http://snomed.info/sct, 108252007, a laboratory test",
        "http://terminology.hl7.org/CodeSystem/v2-0074, HM, a laboratory test",
        "http://example.com/v2-to-fhir-converter/CodeSystem/HL70074, LAB, a laboratory test",
        "http://fhir.ch/ig/ch-lab-order/CodeSystem/ch-lab-order-servicerequest-categories, RequestForLabExam, a laboratory test",
        "http://www.ama-assn.org/go/cpt, 85025, a laboratory test",
        "https://fhir.nhs.uk/CodeSystem/England-GenomicTestDirectory, R100, a genetic test",
        "https://fhir.nhs.uk/CodeSystem/reasonfortesting-genomics, x, a genetic test",
        "https://fhir.hl7.org.uk/CodeSystem/UKCore-GenomeSequencingCategory, x, a genetic test",
        "http://snomed.info/sct, 363679005, imaging",
        "http://codesystem.x12.org/005010/1365, 62, imaging",
        "http://www.ama-assn.org/go/cpt, 72148, imaging",
        "https://gematik.de/fhir/erp-servicerequest/CodeSystem/service-request-type-cs, prescription-request, a drug",
        "https://bluebutton.cms.gov/resources/codesystem/hcpcs, J3490, a drug",
        "http://terminology.hl7.org/CodeSystem/v2-0074, DTY, a diet",
        "http://snomed.info/sct, 359962006, nursing care",
        "http://snomed.info/sct, 34431008, a therapy",
        "http://www.ama-assn.org/go/cpt, 97110, a therapy",
        "https://bluebutton.cms.gov/resources/codesystem/hcpcs, A0426, transport",
        "urn:oid:2.16.840.1.113883.6.285, E0601, equipment",
    })
    void anOrderForSomethingElseIsRefusedByName(String system, String code, String what) {
        assertThat(refused(category(system, code)))
                .filteredOn(MappingIssue::isError)
                .singleElement()
                .satisfies(issue -> {
                    assertThat(issue.code()).isEqualTo(IssueCode.NOT_A_REFERRAL);
                    assertThat(issue.expression()).isEqualTo("Bundle.entry[0].resource.category[0]");
                    assertThat(issue.diagnostics()).startsWith("This orders " + what);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'code':{'coding':[{'system':'http://loinc.org','code':'24627-2'}]}",
                "'code':{'coding':[{'code':'5497AAAA','display':'CD4'},{'system':'http://loinc.org','code':'24467-3'}]}",
                "'code':{'text':'x'},'specimen':[{'display':'blood'}]",
                "'meta':{'profile':['http://hl7.org.au/fhir/ereq/StructureDefinition/au-erequesting-servicerequest-path|1.0']}",
                "'extension':[{'url':'https://reportstream.cdc.gov/fhir/StructureDefinition/obr-observation-request',"
                        + "'valueString':'x'}]",
            })
    void whatIsAnOrderByItsShapeIsRefused(String members) {
        assertThat(issues(refused(members))).anyMatch(issue -> issue.startsWith("not-a-referral"));
    }

    @Test
    void whatSaysThatItIsAReferralIsOneWhateverElseItSays() {
        var referral = referral(code("http://loinc.org", "24627-2") + ","
                + category("http://snomed.info/sct", "3457005") + ",'specimen':[{'display':'blood'}]");

        assertThat(referral.kind()).isEqualTo("referral");
        assertThat(sources(referral, "kind")).containsExactly("Bundle.entry[0].resource.category[0] CODED");
    }

    @ParameterizedTest
    @CsvSource({
        "http://snomed.info/sct, 410606002",
        "http://hl7.org/fhir/us/core/CodeSystem/us-core-category, sdoh",
        "http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes, food-insecurity",
    })
    void aSocialReferralIsTakenAndNamedAsOne(String system, String code) {
        var referral = referral(category(system, code) + "," + code("http://snomed.info/sct", "3457005"));

        assertThat(referral.kind()).isEqualTo("social-referral");
        assertThat(issues(referral)).contains("social-care-referral Bundle.entry[0].resource.category[0]");
    }

    @Test
    void aRequestForAdviceIsTakenAndFlagged() {
        var referral = referral(code("https://fhir.nhs.uk/CodeSystem/servicerequest-code", "advice-and-guidance"));

        assertThat(referral.kind()).isEqualTo("advice");
        assertThat(issues(referral)).contains("service-not-recognised Bundle.entry[0].resource.code");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Pain clinic", "Interconsulta dolor", "Überweisung Schmerzambulanz", "überweisung", "REFERRAL"})
    void theWordsOfPracticesCount(String text) {
        assertThat(referral("'code':{'text':'" + text + "'}").kind()).isEqualTo("referral");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'code':{'text':'nerve block'}", "'code':{'text':'referralx'}", ""})
    void whatNothingTellsIsTakenAndFlagged(String members) {
        var referral = referral(members);

        assertThat(referral.kind()).isEqualTo("unknown");
        assertThat(issues(referral)).contains("service-not-recognised Bundle.entry[0].resource.code");
    }

    @Test
    void theMessagesEventCountsWhereTheRequestSaysNothing() {
        var header = """
                {'resourceType':'MessageHeader','eventCoding':{'system':'http://terminology.hl7.org/CodeSystem/v2-0003','code':'%s'},
                'source':{'endpoint':'urn:x'},'focus':[{'reference':'ServiceRequest/s'}]}""";

        assertThat(referral("", header.formatted("I12")).kind()).isEqualTo("referral");
        assertThat(sources(referral("", header.formatted("I12")), "kind"))
                .containsExactly("Bundle.entry[2].resource.event CODED");
        assertThat(issues(refused("", header.formatted("O21"))))
                .contains("not-a-referral Bundle.entry[2].resource.event");
        assertThat(referral("", header.formatted("O01")).kind()).isEqualTo("unknown");
    }

    @Test
    void theKindOfTheLetterCountsWhereNothingElseTells() {
        var letter = """
                {'resourceType':'Composition','status':'final','type':{'coding':[{'system':'http://x.example','code':'%s'}]},
                'date':'2026-11-01','title':'x','subject':{'reference':'Patient/p'},'author':[{'display':'x'}]}""";

        assertThat(referral("", letter.formatted("721927009")).kind()).isEqualTo("referral");
        assertThat(issues(refused("", letter.formatted("2161000195103"))))
                .contains("not-a-referral Bundle.entry[2].resource.type");
    }

    @ParameterizedTest
    @EnumSource(ServiceKind.class)
    void everyKindHasANameAndEveryRefusalSaysWhatItIs(ServiceKind kind) {
        assertThat(ServiceKind.of(kind.wireName())).contains(kind);
        assertThat(kind.ordered().isEmpty()).isEqualTo(kind.answer() != ServiceKind.Answer.REFUSED);
    }

    /** What SATUSEHAT's guide has for a test that another laboratory is to do. */
    @Test
    void aLaboratoryTestIsNoReferralForHavingItsCategoryAsWell() {
        var categories = "'category':[%s,%s]"
                .formatted(
                        concept("http://snomed.info/sct", "108252007"), concept("http://snomed.info/sct", "3457005"));

        assertThat(refused(categories + "," + code("http://loinc.org", "94500-6")))
                .extracting(MappingIssue::code)
                .contains(IssueCode.NOT_A_REFERRAL);
        assertThat(referral(categories + "," + code("http://snomed.info/sct", "306265007"))
                        .kind())
                .isEqualTo("referral");
    }

    @Test
    void theNameOfAUsCoreCategoryIsNoWordOfAReferral() {
        var category = "'category':[{'coding':[{'system':'http://snomed.info/sct','code':'386053000',"
                + "'display':'Evaluation procedure'}]}]";

        assertThat(referral(category + ",'code':{'text':'Spirometry'}").kind()).isEqualTo("unknown");
        assertThat(referral(category + ",'code':{'text':'Pain clinic evaluation'}")
                        .kind())
                .isEqualTo("referral");
        assertThat(refused(category + "," + code("http://loinc.org", "58410-2")))
                .extracting(MappingIssue::code)
                .contains(IssueCode.NOT_A_REFERRAL);
    }
}
