package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of payloads that break FHIR's rules, and what a sender learns who asks. */
class ValidationTest {

    private static final String PATIENT =
            "{\"resourceType\":\"Patient\",\"id\":\"p\",\"name\":[{\"family\":\"Nutt\"}]%s}";

    private final TestGateway gateway = TestGateway.shared();

    private static String aReferral(String members, String ofThePatient) {
        return """
                {"resourceType":"ServiceRequest","contained":[%s],"identifier":[{"system":"https://practice.example/orders","value":"%s"}],
                "status":"active","intent":"order","code":{"coding":[{"system":"http://snomed.info/sct","code":"306109009"}]},
                "subject":{"reference":"#p"}%s}""".formatted(PATIENT.formatted(ofThePatient), Referrals.newNumber(), members);
    }

    @Test
    void aRuleThatTheReferralItselfBreaksRefuses() {
        var answer = gateway.post(
                "/ServiceRequest",
                aReferral(",\"occurrencePeriod\":{\"start\":\"2026-05-02\",\"end\":\"2026-05-01\"}", ""));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(codes(answer.json())).contains("fhir-rule-broken");
    }

    @Test
    void aRuleThatThePatientBreaksTravels() {
        var answer = gateway.post("/ServiceRequest", aReferral("", ",\"contact\":[{\"gender\":\"male\"}]"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(codes(answer.json())).contains("fault-in-supporting-resource");
    }

    @Test
    void anUnknownCodeTravels() {
        var answer = gateway.post(
                "/ServiceRequest",
                aReferral(
                        "",
                        ",\"maritalStatus\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-MaritalStatus\",\"code\":\"Q\"}]}"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(codes(answer.json())).contains("code-unknown");
    }

    @Test
    void validateGivesEverythingThatTheReferenceSaysAndStoresNothing() {
        long before = rows();
        var answer = gateway.post(
                "/ServiceRequest/$validate",
                aReferral(",\"orderDetail\":[{\"text\":\"x\"}]", ",\"contact\":[{\"gender\":\"male\"}]")
                        .replace("\"code\":{\"coding\"", "\"bodySite\":[{\"coding\"")
                        .replace("306109009\"}]}", "306109009\"}]}]"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("prr-1", "pat-1");
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void validateLooksIntoWhatTheStrictReadingWouldRefuse() {
        var answer = gateway.post(
                "/ServiceRequest/$validate", "{\"resourceType\":\"ServiceRequest\",\"status\":\"nonsense\"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("intent", "subject");
    }

    @Test
    void validateTakesAProfile() {
        var resource = aReferral(",\"doNotPerform\":true", "");
        var answer = gateway.post(
                "/ServiceRequest/$validate",
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"resource\",\"resource\":" + resource
                        + "},{\"name\":\"profile\",\"valueUri\":\"http://referralgateway.org/fhir/StructureDefinition/referral-service-request\"}]}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("doNotPerform");
    }

    @Test
    void aBundleIsValidatedToo() {
        var answer = gateway.post("/Bundle/$validate", "{\"resourceType\":\"Bundle\",\"type\":\"message\"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"error\"");
    }

    @Test
    void aPayloadThatTheReferenceWouldNeverFinishIsRefusedAndOthersGoOn() throws Exception {
        var tangle = IntStream.range(0, 14)
                .mapToObj(i ->
                        "{\"resourceType\":\"Basic\",\"id\":\"b" + i + "\",\"code\":{\"text\":\"x\"},\"extension\":["
                                + IntStream.range(0, 14)
                                        .mapToObj(j ->
                                                "{\"url\":\"http://example.org/x\",\"valueReference\":{\"reference\":\"#b"
                                                        + j + "\"}}")
                                        .collect(Collectors.joining(","))
                                + "]}")
                .collect(Collectors.joining(","));
        var hostile = aReferral("", "").replace("\"contained\":[", "\"contained\":[" + tangle + ",");
        try (var senders = Executors.newFixedThreadPool(4)) {
            var answers = new ArrayList<Future<TestGateway.Answer>>();
            for (int i = 0; i < 8; i++) {
                answers.add(senders.submit(() -> gateway.post("/ServiceRequest/$validate", hostile)));
            }
            assertThat(gateway.post("/ServiceRequest", aReferral("", "")).status())
                    .isEqualTo(201);
            for (var answer : answers) {
                assertThat(answer.get().status()).isIn(422, 429);
            }
        }
        assertThat(gateway.post("/ServiceRequest/$validate", aReferral("", "")).status())
                .isEqualTo(200);
    }

    @Test
    void theGuideIsServedAsPagesAndAsAPackage() {
        assertThat(gateway.get("/ig").body()).contains("Referral", "rgw-1", "pain-conditions");
        assertThat(gateway.get("/ig/package.tgz").status()).isEqualTo(200);
        assertThat(gateway.get("/ig/files/example/Patient-hazel-nutt.json").body())
                .contains("referral-patient");
        assertThat(gateway.get("/ig/files/example/nothing.json").status()).isEqualTo(404);
        assertThat(gateway.get("/fhir/metadata").body())
                .contains("referral-service-request", "ImplementationGuide/org.referralgateway.referrals");
    }

    private long rows() {
        return gateway.db()
                .sql("select (select count(*) from submission) + (select count(*) from resource)")
                .query(Long.class)
                .single();
    }

    private static List<String> codes(JsonNode outcome) {
        var codes = new ArrayList<String>();
        outcome.path("issue")
                .forEach(issue -> codes.add(issue.at("/details/coding/0/code").asString("")));
        return codes;
    }
}
