package org.referralgateway.mapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.referralgateway.mapper.IssueCode.CONVERTED;
import static org.referralgateway.mapper.IssueCode.DUPLICATE_KEY;
import static org.referralgateway.mapper.IssueCode.FAULT_IN_SUPPORTING_RESOURCE;
import static org.referralgateway.mapper.IssueCode.FHIR_VERSION_NOT_SUPPORTED;
import static org.referralgateway.mapper.IssueCode.FORBIDDEN_CHARACTER;
import static org.referralgateway.mapper.IssueCode.INVALID_CODE;
import static org.referralgateway.mapper.IssueCode.INVALID_VALUE;
import static org.referralgateway.mapper.IssueCode.LOST_IN_CONVERSION;
import static org.referralgateway.mapper.IssueCode.MEDIA_TYPE_NOT_SUPPORTED;
import static org.referralgateway.mapper.IssueCode.NOT_A_RESOURCE;
import static org.referralgateway.mapper.IssueCode.NUMBER_TOO_LARGE;
import static org.referralgateway.mapper.IssueCode.TOO_DEEP;
import static org.referralgateway.mapper.IssueCode.UNKNOWN_ELEMENT;
import static org.referralgateway.mapper.IssueCode.UNKNOWN_MODIFIER;
import static org.referralgateway.mapper.Payloads.FORMS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.clinical.tables.ServiceKind;
import org.referralgateway.mapper.PayloadForm.AsSent;
import org.referralgateway.mapper.PayloadForm.Converted;
import org.referralgateway.mapper.PayloadForm.Refused;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which form a payload is taken to have, and what of another version of FHIR arrives in R4. */
class PayloadFormsTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FHIR_JSON = "application/fhir+json";

    /** A referral of STU3 with more members. */
    private static String aStu3Referral(String members) {
        return """
                {"resourceType":"ReferralRequest","status":"active","intent":"order","subject":{"reference":"Patient/1"}%s}""".formatted(members.isEmpty() ? "" : "," + members);
    }

    /** A referral of R5, as only R5 says it, with more members. */
    private static String anR5Referral(String members) {
        return """
                {"resourceType":"ServiceRequest","status":"active","intent":"order","subject":{"reference":"Patient/1"},
                 "code":{"concept":{"text":"Referral to pain clinic"}}%s}""".formatted(members.isEmpty() ? "" : "," + members);
    }

    private static String aBundleOf(String... resources) {
        var entries = new ArrayList<String>();
        for (var resource : resources) {
            var type = JSON.readTree(resource).path("resourceType").asString();
            entries.add(Payloads.anEntry(resource, "POST", type));
        }
        return Payloads.aBundle("transaction", String.join(",", entries));
    }

    private static PayloadForm read(String body) {
        return FORMS.read(body.getBytes(UTF_8), FHIR_JSON);
    }

    private static Converted converted(String body) {
        if (read(body) instanceof Converted converted) {
            assertThat(converted.checked().isAcceptable())
                    .as(converted.toString())
                    .isTrue();
            return converted;
        }
        throw new AssertionError("Not converted: " + read(body));
    }

    private static JsonNode r4(String body) {
        return JSON.readTree(converted(body).json());
    }

    /** The only Bundle entry but the first that a conversion is about. */
    private static JsonNode r4Entry(String bundle, int entry) {
        return r4(bundle).path("entry").path(entry).path("resource");
    }

    private static List<String> losses(String body) {
        return converted(body).checked().problems().stream()
                .filter(issue -> issue.code() == LOST_IN_CONVERSION)
                .map(MappingIssue::expression)
                .toList();
    }

    private static List<MappingIssue> refusal(String body) {
        if (read(body) instanceof Refused refused) {
            return refused.issues();
        }
        throw new AssertionError("Not refused: " + read(body));
    }

    // The form

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/fhir+json",
                "application/json",
                "text/json",
                "Application/FHIR+JSON; charset=utf-8",
                "application/fhir+json;fhirVersion=4.0",
                "application/fhir+json; fhirVersion=\"4.0.1\"",
                "application/fhir+json; FHIRVERSION=4.3",
            })
    void jsonOfR4IsReadAsItIs(String contentType) {
        var form = FORMS.read(Payloads.aReferral().getBytes(UTF_8), contentType);

        assertThat(form)
                .isInstanceOfSatisfying(
                        AsSent.class,
                        asSent -> assertThat(asSent.checked()).isEqualTo(Payloads.check(Payloads.aReferral())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/fhir+xml", "application/xml;charset=UTF-8", "text/xml; fhirVersion=4.0"})
    void xmlOfR4IsRead(String contentType) {
        var xml = "<Patient xmlns=\"http://hl7.org/fhir\"><active value=\"true\"/></Patient>";

        assertThat(FORMS.read(xml.getBytes(UTF_8), contentType)).isInstanceOf(Converted.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                ";",
                "text/plain",
                "application/fhir+turtle",
                "application/x-www-form-urlencoded",
                "application/fhir+xml; charset=ISO-8859-1",
                "text/html",
            })
    void noOtherMediaTypeIsTaken(String contentType) {
        var form = FORMS.read(Payloads.aReferral().getBytes(UTF_8), contentType);

        assertThat(form).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.issues()).extracting(MappingIssue::code).containsExactly(MEDIA_TYPE_NOT_SUPPORTED);
            assertThat(Outcomes.refusalStatus(refused.issues())).isEqualTo(415);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/fhir+ndjson", "application/ndjson; charset=utf-8", "application/x-ndjson"})
    void linesOfJsonAreToldHowToSendSeveral(String contentType) {
        var form = FORMS.read((Payloads.aReferral() + "\n" + Payloads.aReferral()).getBytes(UTF_8), contentType);

        assertThat(form).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.issues()).extracting(MappingIssue::code).containsExactly(MEDIA_TYPE_NOT_SUPPORTED);
            assertThat(refused.issues().getFirst().diagnostics()).contains("application/fhir+json", "batch");
            assertThat(Outcomes.refusalStatus(refused.issues())).isEqualTo(415);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.0.2", "0.5", "6.0", "4", "4.1", "R4", ""})
    void noOtherVersionIsTaken(String version) {
        var form = FORMS.read(Payloads.aReferral().getBytes(UTF_8), FHIR_JSON + "; fhirVersion=" + version);

        assertThat(form).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.issues()).extracting(MappingIssue::code).containsExactly(FHIR_VERSION_NOT_SUPPORTED);
            assertThat(Outcomes.refusalStatus(refused.issues())).isEqualTo(415);
        });
    }

    @ParameterizedTest
    @CsvSource({"3.0, STU3", "5.0, R5"})
    void whatTheSenderSaysComesBeforeTheShape(String version, String name) {
        var patient = Payloads.aPatientWith("\"active\":true");
        var form = FORMS.read(patient.getBytes(UTF_8), FHIR_JSON + ";fhirVersion=" + version);

        assertThat(form)
                .isInstanceOfSatisfying(
                        Converted.class,
                        converted -> assertThat(converted.checked().problems())
                                .singleElement()
                                .satisfies(
                                        issue -> assertThat(issue.diagnostics()).contains("FHIR " + name)));
        assertThat(read(patient)).isInstanceOf(AsSent.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resourceType\":\"ReferralRequest\",\"status\":\"requested\",\"patient\":{\"reference\":\"Patient/1\"}}",
                "{\"resourceType\":\"ReferralRequest\",\"status\":\"active\",\"dateSent\":\"2014-02-14\"}",
                "{\"resourceType\":\"ProcedureRequest\",\"subject\":{\"reference\":\"Patient/1\"},\"orderedOn\":\"2014\"}",
                "{\"resourceType\":\"DiagnosticOrder\",\"subject\":{\"reference\":\"Patient/1\"}}",
                "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":{\"resourceType\":\"MedicationOrder\"}}]}",
            })
    void dstu2IsRefusedByName(String body) {
        assertThat(refusal(body)).singleElement().satisfies(issue -> {
            assertThat(issue.code()).isEqualTo(FHIR_VERSION_NOT_SUPPORTED);
            assertThat(issue.diagnostics()).contains("DSTU2");
        });
    }

    @Test
    void aFaultyPayloadOfR4IsNotTakenForAnotherVersion() {
        assertThat(read(Payloads.aReferralWith("\"priority\":\"soon\"")))
                .isInstanceOfSatisfying(
                        AsSent.class,
                        asSent -> assertThat(asSent.checked().problems())
                                .extracting(MappingIssue::code)
                                .containsExactly(INVALID_CODE));
        assertThat(read("{\"resourceType\":\"ServiceReqest\"}")).isInstanceOf(AsSent.class);
        assertThat(read("{\"resourceType\":\"ReferralRequest\",")).isInstanceOf(AsSent.class);
    }

    // STU3

    @Test
    void aReferralRequestBecomesAServiceRequest() {
        var body = aStu3Referral("""
                "id":"r","identifier":[{"system":"urn:o","value":"1"}],"groupIdentifier":{"value":"g"},
                "basedOn":[{"reference":"ReferralRequest/7/_history/2"}],"type":{"text":"consultation"},"priority":"urgent",
                "serviceRequested":[{"text":"assessment"},{"text":"infusion"}],"occurrenceDateTime":"2026-12-01",
                "authoredOn":"2026-11-20T10:00:00.50+01:00","requester":{"agent":{"reference":"Practitioner/2"}},
                "specialty":{"text":"pain medicine"},"recipient":[{"reference":"Practitioner/4"},{"display":"Clinic"}],
                "context":{"reference":"Encounter/1"},"reasonCode":[{"text":"CRPS"}],"reasonReference":[{"reference":"#c"}],
                "description":"Please see soon","note":[{"text":"Calls only in the morning"}],
                "supportingInfo":[{"reference":"Observation/5"}],
                "contained":[{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/1"},"clinicalStatus":"active",
                              "code":{"text":"CRPS"}}]
                """);

        var request = r4(body);

        assertThat(request.path("resourceType").asString()).isEqualTo("ServiceRequest");
        assertThat(request.at("/requisition/value").asString()).isEqualTo("g");
        assertThat(request.at("/basedOn/0/reference").asString()).isEqualTo("ServiceRequest/7/_history/2");
        assertThat(request.at("/category/0/text").asString()).isEqualTo("consultation");
        assertThat(request.at("/code/text").asString()).isEqualTo("assessment");
        assertThat(request.at("/orderDetail/0/text").asString()).isEqualTo("infusion");
        assertThat(request.at("/authoredOn").asString()).startsWith("2026-11-20T10:00:00.5");
        assertThat(request.at("/requester/reference").asString()).isEqualTo("Practitioner/2");
        assertThat(request.at("/performerType/text").asString()).isEqualTo("pain medicine");
        assertThat(request.at("/performer/1/display").asString()).isEqualTo("Clinic");
        assertThat(request.at("/encounter/reference").asString()).isEqualTo("Encounter/1");
        assertThat(request.at("/note/1/text").asString()).isEqualTo("Please see soon");
        assertThat(request.at("/contained/0/clinicalStatus/coding/0/code").asString())
                .isEqualTo("active");
        assertThat(losses(body)).isEmpty();
        assertThat(converted(body).checked().problems())
                .extracting(MappingIssue::code, MappingIssue::expression)
                .containsExactly(tuple(CONVERTED, "ReferralRequest"));
    }

    @Test
    void whatStu3SaysInWordsOfItsOwnIsTranslated() {
        assertThat(r4(aStu3Referral("").replace("active", "suspended"))
                        .path("status")
                        .asString())
                .isEqualTo("on-hold");
        assertThat(losses(aStu3Referral("").replace("active", "suspended"))).containsExactly("ReferralRequest.status");
        assertThat(r4(aStu3Referral("").replace("active", "cancelled"))
                        .path("status")
                        .asString())
                .isEqualTo("revoked");
    }

    @Test
    void everyElementThatIsLostIsNamedOnceAndWithoutItsValue() {
        var body = aStu3Referral("""
                "definition":[{"reference":"ActivityDefinition/9"},{"display":"Quokkaberry"}],
                "requester":{"agent":{"reference":"Practitioner/2"},"onBehalfOf":{"reference":"Organization/3","display":"Quokkaberry"}}
                """);

        assertThat(losses(body))
                .containsExactlyInAnyOrder("ReferralRequest.definition", "ReferralRequest.requester.onBehalfOf");
        assertThat(converted(body).checked().problems().toString()).doesNotContain("Quokkaberry");
    }

    @Test
    void aProcedureRequestBecomesAServiceRequest() {
        var request = r4("""
                {"resourceType":"ProcedureRequest","status":"active","intent":"order","subject":{"reference":"Patient/1"},
                 "code":{"text":"nerve block"},"bodySite":[{"text":"wrist"}],"performer":{"display":"Clinic"}}
                """);

        assertThat(request.path("resourceType").asString()).isEqualTo("ServiceRequest");
        assertThat(request.at("/performer/0/display").asString()).isEqualTo("Clinic");
    }

    @Test
    void aBundleOfStu3KeepsItsEntriesAndWhatTheyPointTo() {
        var bundle = """
                {"resourceType":"Bundle","id":"b","type":"transaction","entry":[
                 {"fullUrl":"https://ehr.example/Patient/1","request":{"method":"POST","url":"Patient"},
                  "resource":{"resourceType":"Patient","id":"1","birthDate":"1970-01-01"}},
                 {"fullUrl":"https://ehr.example/ReferralRequest/7","request":{"method":"POST","url":"ReferralRequest"},
                  "resource":{"resourceType":"ReferralRequest","id":"7","status":"active","intent":"order",
                   "subject":{"reference":"Patient/1"},"supportingInfo":[{"reference":"Claim/3"}]}},
                 {"fullUrl":"https://ehr.example/Task/2","request":{"method":"POST","url":"Task"},
                  "resource":{"resourceType":"Task","id":"2","status":"requested","intent":"order",
                   "focus":{"reference":"ReferralRequest/7"},"basedOn":[{"reference":"https://ehr.example/ReferralRequest/7"}]}},
                 {"fullUrl":"https://ehr.example/Claim/3","request":{"method":"POST","url":"Claim"},
                  "resource":{"resourceType":"Claim","id":"3","status":"active","total":{"value":12}}}]}
                """;

        var entries = r4(bundle).path("entry");

        assertThat(entries.at("/1/fullUrl").asString()).isEqualTo("https://ehr.example/ServiceRequest/7");
        assertThat(entries.at("/1/request/url").asString()).isEqualTo("ServiceRequest");
        assertThat(entries.at("/1/resource/resourceType").asString()).isEqualTo("ServiceRequest");
        assertThat(entries.at("/2/resource/focus/reference").asString()).isEqualTo("ServiceRequest/7");
        assertThat(entries.at("/2/resource/basedOn/0/reference").asString())
                .isEqualTo("https://ehr.example/ServiceRequest/7");
        // R4 has a Claim, but HAPI cannot convert one: it stays visible as what it is
        assertThat(entries.at("/3/resource/resourceType").asString()).isEqualTo("Basic");
        assertThat(entries.at("/3/resource/code/coding/0/code").asString()).isEqualTo("Claim");
        assertThat(entries.at("/3/request/url").asString()).isEqualTo("Basic");
        assertThat(entries.at("/1/resource/supportingInfo/0/reference").asString())
                .isEqualTo("Basic/3");
        assertThat(losses(bundle))
                .containsExactlyInAnyOrder("Bundle.entry[3].resource.status", "Bundle.entry[3].resource.total");
        assertThat(Payloads.submission(converted(bundle).json()).isAcceptable()).isTrue();
    }

    @Test
    void whatWasNotDoneIsNotDoneInR4Either() {
        var bundle = aBundleOf(
                aStu3Referral(""),
                "{\"resourceType\":\"Procedure\",\"status\":\"completed\",\"notDone\":true,\"subject\":{\"reference\":\"Patient/1\"}}",
                "{\"resourceType\":\"MedicationStatement\",\"status\":\"active\",\"taken\":\"n\",\"subject\":{\"reference\":\"Patient/1\"},"
                        + "\"medicationCodeableConcept\":{\"text\":\"gabapentin\"}}",
                "{\"resourceType\":\"MedicationAdministration\",\"status\":\"completed\",\"notGiven\":true,"
                        + "\"subject\":{\"reference\":\"Patient/1\"},\"medicationCodeableConcept\":{\"text\":\"ketamine\"},"
                        + "\"effectiveDateTime\":\"2026\"}");

        assertThat(r4Entry(bundle, 1).path("status").asString()).isEqualTo("not-done");
        assertThat(r4Entry(bundle, 2).path("status").asString()).isEqualTo("not-taken");
        assertThat(r4Entry(bundle, 3).path("status").asString()).isEqualTo("not-done");
    }

    @Test
    void anElementThatTheConverterFailsOnTakesNothingWithIt() {
        var bundle = aBundleOf(
                aStu3Referral(""),
                "{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"Patient/1\"},\"code\":{\"text\":\"CRPS\"},"
                        + "\"abatementBoolean\":true}");

        assertThat(r4Entry(bundle, 1).at("/code/text").asString()).isEqualTo("CRPS");
        assertThat(losses(bundle)).containsExactly("Bundle.entry[1].resource.abatement");
    }

    @Test
    void faultsAreNamedInTheSendersOwnVersion() {
        assertThat(refusal(aStu3Referral("\"subjet\":1,\"authoredOn\":\"soon\"")))
                .extracting(MappingIssue::code, MappingIssue::expression)
                .containsExactly(
                        tuple(UNKNOWN_ELEMENT, "ReferralRequest.subjet"),
                        tuple(INVALID_VALUE, "ReferralRequest.authoredOn"));
        assertThat(refusal(aStu3Referral("\"subjet\":1")).getFirst().diagnostics())
                .contains("FHIR STU3");
        assertThat(converted(aBundleOf(aStu3Referral(""), "{\"resourceType\":\"Patient\",\"gender\":\"X\"}"))
                        .checked()
                        .problems())
                .extracting(MappingIssue::code, MappingIssue::expression)
                .contains(tuple(FAULT_IN_SUPPORTING_RESOURCE, "Bundle.entry[1].resource.gender"));
    }

    @Test
    void anUnknownModifierRefusesInEveryVersion() {
        assertThat(refusal(aStu3Referral("\"modifierExtension\":[{\"url\":\"urn:x\",\"valueBoolean\":true}]")))
                .extracting(MappingIssue::code)
                .contains(UNKNOWN_MODIFIER);
    }

    @Test
    void stu3ComesInXmlToo() {
        var xml = """
                <ReferralRequest xmlns="http://hl7.org/fhir"><status value="active"/><intent value="order"/>
                 <serviceRequested><text value="assessment"/></serviceRequested>
                 <subject><reference value="Patient/1"/></subject><recipient><display value="Clinic"/></recipient></ReferralRequest>
                """;
        var form = FORMS.read(xml.getBytes(UTF_8), "application/fhir+xml");

        assertThat(form).isInstanceOfSatisfying(Converted.class, converted -> {
            assertThat(converted.checked().isAcceptable()).isTrue();
            assertThat(JSON.readTree(converted.json())
                            .at("/performer/0/display")
                            .asString())
                    .isEqualTo("Clinic");
        });
        assertThat(seen(FORMS.read(xml.getBytes(UTF_8), "application/fhir+xml;fhirVersion=3.0")))
                .isEqualTo(seen(form));
    }

    // Nothing harmful reaches another parser, whatever version it claims to be

    @ParameterizedTest
    @ValueSource(strings = {"", ";fhirVersion=3.0"})
    void harmfulPayloadsOfStu3AreRefusedAsThoseOfR4Are(String parameter) {
        assertThat(codes(aStu3Referral("\"extension\":[{\"url\":\"urn:x\",\"valueDecimal\":1e1000000000}]"), parameter))
                .contains(NUMBER_TOO_LARGE);
        assertThat(codes(aStu3Referral("\"status\":\"draft\""), parameter)).contains(DUPLICATE_KEY);
        assertThat(codes(aStu3Referral("\"description\":\"\\u0000\""), parameter))
                .contains(FORBIDDEN_CHARACTER);
        assertThat(codes(aStu3Referral("\"extension\":" + "[{\"extension\":".repeat(5_000)), parameter))
                .contains(TOO_DEEP);
        assertThat(codes(
                        aStu3Referral(
                                "\"contained\":[{\"resourceType\":\"Patient\",\"unheardOf\":{\"a\":1e1000000000}}]"),
                        parameter))
                .contains(NUMBER_TOO_LARGE);
    }

    private static List<IssueCode> codes(String body, String parameter) {
        return switch (FORMS.read(body.getBytes(UTF_8), FHIR_JSON + parameter)) {
            case AsSent asSent -> refusing(asSent.checked().problems());
            case Refused refused -> refusing(refused.issues());
            case Converted converted -> List.of();
        };
    }

    private static List<IssueCode> refusing(List<MappingIssue> issues) {
        return issues.stream()
                .filter(MappingIssue::isError)
                .map(MappingIssue::code)
                .toList();
    }

    // R5

    @Test
    void codeableReferencesOfR5BecomeCodesAndReferences() {
        var body = anR5Referral("""
                "reason":[{"concept":{"text":"CRPS"}},{"reference":{"reference":"Condition/1"}}],
                "supportingInfo":[{"reference":{"reference":"Observation/1"}}],"location":[{"concept":{"text":"home"}}],
                "patientInstruction":[{"instructionMarkdown":"Bring your list"}]
                """);

        var request = r4(body);

        assertThat(request.at("/code/text").asString()).isEqualTo("Referral to pain clinic");
        assertThat(request.at("/reasonCode/0/text").asString()).isEqualTo("CRPS");
        assertThat(request.at("/reasonReference/0/reference").asString()).isEqualTo("Condition/1");
        assertThat(request.at("/supportingInfo/0/reference").asString()).isEqualTo("Observation/1");
        assertThat(request.at("/locationCode/0/text").asString()).isEqualTo("home");
        assertThat(losses(body)).isEmpty();
        assertThat(converted(body).checked().problems())
                .extracting(MappingIssue::code, MappingIssue::expression)
                .containsExactly(tuple(CONVERTED, "ServiceRequest"));
    }

    @Test
    void aReferralRequestOfStu3IsAReferralByItsType() {
        assertThat(r4(aStu3Referral("")).at("/meta/tag/0/code").asString()).isEqualTo("ReferralRequest");
        assertThat(ClinicalTables.shipped()
                        .services()
                        .kind("tag", "http://hl7.org/fhir/resource-types", "ReferralRequest"))
                .contains(ServiceKind.REFERRAL);
    }

    @Test
    void whatOnlyR5CanSayIsLostAloud() {
        assertThat(losses(anR5Referral("\"focus\":[{\"reference\":\"Group/1\"}],"
                        + "\"bodyStructure\":{\"reference\":\"BodyStructure/1\"}")))
                .containsExactlyInAnyOrder("ServiceRequest.focus", "ServiceRequest.bodyStructure");
    }

    @ParameterizedTest
    @CsvSource({
        "taking, active",
        "taking-as-directed, active",
        "taking-not-as-directed, active",
        "not-taking, not-taken",
        "on-hold, on-hold",
        "stopped, stopped",
        "stopped-as-directed, stopped",
        "unknown, unknown",
        "something-else, unknown",
    })
    void whetherADrugIsTakenSurvivesFromR5(String adherence, String status) {
        var bundle = aBundleOf(anR5Referral(""), """
                {"resourceType":"MedicationStatement","status":"recorded","subject":{"reference":"Patient/1"},
                 "medication":{"concept":{"text":"gabapentin"}},"adherence":{"code":{"coding":[
                  {"system":"http://hl7.org/fhir/CodeSystem/medication-statement-adherence","code":"%s"}]}}}
                """.formatted(adherence));

        assertThat(r4Entry(bundle, 1).path("status").asString()).isEqualTo(status);
        assertThat(r4Entry(bundle, 1).at("/medicationCodeableConcept/text").asString())
                .isEqualTo("gabapentin");
    }

    @Test
    void r5ComesInXmlToo() {
        var xml = """
                <ServiceRequest xmlns="http://hl7.org/fhir"><status value="active"/><intent value="order"/>
                 <code><concept><text value="Referral"/></concept></code><subject><reference value="Patient/1"/></subject>
                 <reason><concept><coding><code value="1"/></coding></concept></reason></ServiceRequest>
                """;

        assertThat(FORMS.read(xml.getBytes(UTF_8), "text/xml"))
                .isInstanceOfSatisfying(
                        Converted.class,
                        converted -> assertThat(JSON.readTree(converted.json())
                                        .at("/reasonCode/0/coding/0/code")
                                        .asString())
                                .isEqualTo("1"));
    }

    // R4 with elements of R5 in it

    @Test
    void elementsOfR5InAPayloadOfR4AreReadAsWhatTheyBecame() {
        var body = Payloads.aReferralWith(
                "\"code\":{\"text\":\"Referral\"},\"reasonCode\":[{\"text\":\"a\"}],\"locationCode\":[{\"text\":\"home\"}],"
                        + "\"reason\":[{\"concept\":{\"text\":\"b\"}},{\"reference\":{\"reference\":\"Condition/1\"}}]");

        var request = r4(body);

        assertThat(request.path("reasonCode").size()).isEqualTo(2);
        assertThat(request.at("/reasonCode/1/text").asString()).isEqualTo("b");
        assertThat(request.at("/reasonReference/0/reference").asString()).isEqualTo("Condition/1");
        assertThat(request.at("/locationCode/0/text").asString()).isEqualTo("home");
        assertThat(converted(body).checked().problems())
                .extracting(MappingIssue::code)
                .containsExactly(CONVERTED);
    }

    @Test
    void aBundleOfR4WithOneElementOfR5LosesNothingToTheNewerReading() {
        var bundle = aBundleOf(
                Payloads.aReferralWith("\"reason\":[{\"concept\":{\"text\":\"b\"}}]"),
                "{\"resourceType\":\"MedicationStatement\",\"status\":\"active\",\"subject\":{\"reference\":\"Patient/1\"},"
                        + "\"medicationCodeableConcept\":{\"text\":\"gabapentin\"}}");

        assertThat(r4Entry(bundle, 0).at("/reasonCode/0/text").asString()).isEqualTo("b");
        assertThat(r4Entry(bundle, 1).at("/medicationCodeableConcept/text").asString())
                .isEqualTo("gabapentin");
        assertThat(losses(bundle)).isEmpty();
    }

    @Test
    void aMixtureWithOtherFaultsIsRefusedForThem() {
        assertThat(
                        refusal(
                                Payloads.aReferralWith(
                                        "\"reason\":[{\"concept\":{\"text\":\"b\"}}],\"locationCode\":[{\"text\":\"x\"}],\"priority\":\"soon\"")))
                .extracting(MappingIssue::code, MappingIssue::expression)
                .contains(tuple(INVALID_CODE, "ServiceRequest.priority"));
        assertThat(refusal(Payloads.aReferralWith("\"reason\":[{\"concept\":{\"text\":\"b\"}}],\"status\":\"draft\"")))
                .extracting(MappingIssue::code)
                .contains(DUPLICATE_KEY);
    }

    @Test
    void stu3AndR4InOneBundleAreRefused() {
        assertThat(refusal(aBundleOf(aStu3Referral(""), Payloads.aReferral())))
                .extracting(MappingIssue::code, MappingIssue::expression)
                .contains(tuple(NOT_A_RESOURCE, "Bundle.entry[1].resource"));
    }

    // Always the same

    @Test
    void givesTheSameEachTimeFromManyThreadsAtOnce() throws Exception {
        var forms = new PayloadForms(Payloads.FHIR, PayloadLimits.defaults());
        var bodies = List.of(
                aStu3Referral("\"definition\":[{\"display\":\"x\"}]"),
                anR5Referral("\"focus\":[{\"reference\":\"Group/1\"}]"),
                Payloads.aReferral());
        var tasks = new ArrayList<Callable<String>>();
        for (int i = 0; i < 60; i++) {
            var body = bodies.get(i % bodies.size());
            tasks.add(() -> body + seen(forms.read(body.getBytes(UTF_8), FHIR_JSON)));
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            var seen = new ArrayList<String>();
            for (var result : threads.invokeAll(tasks)) {
                seen.add(result.get());
            }

            assertThat(seen.stream().distinct()).hasSize(bodies.size());
        }
    }

    private static String seen(PayloadForm form) {
        return form instanceof Converted converted
                ? new String(converted.json(), UTF_8) + converted.checked()
                : form.toString();
    }

    @Test
    void aReasonThatIsNoneOfR5IsAnElementThatNobodyKnows() {
        var form = read(Payloads.aReferralWith("\"reason\":[{\"text\":\"pain\"}]"));

        assertThat(form).isInstanceOf(AsSent.class);
        assertThat(((AsSent) form).checked().problems())
                .extracting(MappingIssue::code, MappingIssue::expression)
                .contains(tuple(IssueCode.UNKNOWN_ELEMENT, "ServiceRequest.reason"));
    }
}
