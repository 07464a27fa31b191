package org.referralgateway.api;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Task that points to a referral on its sender's own server, with the faults that such servers have. */
class ByReferenceTest {

    private static final Duration AT_MOST = Duration.ofMinutes(2);
    private static WireMockServer ehr;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        ehr = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
        ehr.start();
        gateway = TestGateway.start(
                "--referral.fetch.bases.demo=" + ehr.baseUrl() + "/fhir",
                "--referral.fetch.timeout=1s",
                "--referral.fetch.first-retry=100ms",
                "--referral.parking.sweep-every=200ms",
                "--referral.fetch.max-size=100KB");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        ehr.stop();
    }

    @BeforeEach
    void forget() {
        ehr.resetAll();
    }

    private static String task(String reference) {
        return """
                {"resourceType": "Task", "status": "requested", "intent": "order", "priority": "urgent",
                 "code": {"coding": [{"system": "http://hl7.org/fhir/CodeSystem/task-code", "code": "fulfill"}]},
                 "identifier": [{"system": "https://practice.example/tasks", "value": "%s"}],
                 "focus": {"reference": "%s"}}""".formatted(Referrals.newNumber(), reference);
    }

    /** The ServiceRequest and its Patient, under ids of their own. */
    private static String serve(String number) {
        var id = "sr-" + number;
        ehr.stubFor(get(urlEqualTo("/fhir/ServiceRequest/" + id)).willReturn(okJson(request(id, number))));
        patient(number);
        return id;
    }

    private static String request(String id, String number) {
        return """
                {"resourceType": "ServiceRequest", "id": "%1$s", "status": "active", "intent": "order",
                 "identifier": [{"system": "https://practice.example/orders", "value": "%2$s"}],
                 "code": {"text": "Referral to pain clinic"},
                 "subject": {"reference": "Patient/p-%2$s"},
                 "requester": {"reference": "PractitionerRole/r-%2$s"},
                 "reasonCode": [{"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "G90.511"}]}]}""".formatted(id, number);
    }

    private static void patient(String number) {
        ehr.stubFor(get(urlEqualTo("/fhir/Patient/p-" + number)).willReturn(okJson("""
                {"resourceType": "Patient", "id": "p-%1$s", "birthDate": "1971-04-02",
                 "identifier": [{"system": "https://practice.example/patients", "value": "P-%1$s"}],
                 "name": [{"family": "Nutt", "given": ["Hazel"]}]}""".formatted(number))));
        ehr.stubFor(get(urlEqualTo("/fhir/PractitionerRole/r-" + number)).willReturn(okJson("""
                {"resourceType": "PractitionerRole", "practitioner": {"reference": "Practitioner/d-%1$s"}}""".formatted(number))));
        ehr.stubFor(get(urlEqualTo("/fhir/Practitioner/d-" + number)).willReturn(okJson("""
                {"resourceType": "Practitioner", "name": [{"text": "Dr Linden"}]}""")));
    }

    private static String awaitReferral(TestGateway.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        var task = answer.header("Location").replaceFirst(".*Task/", "");
        await().atMost(AT_MOST)
                .untilAsserted(() -> assertThat(gateway.get("/fhir/Task/" + task)
                                .json()
                                .at("/focus/reference")
                                .asString(""))
                        .startsWith("ServiceRequest/"));
        return gateway.get("/fhir/Task/" + task).json().at("/focus/reference").asString();
    }

    private static String status(TestGateway.Answer answer) {
        return gateway.get("/fhir/Task/" + answer.header("Location").replaceFirst(".*Task/", ""))
                .json()
                .path("status")
                .asString();
    }

    @Test
    void readsTheReferralAndItsPartsFromTheSendersServer() {
        var number = Referrals.newNumber();
        var id = serve(number);
        var answer = gateway.post("/Task", task("ServiceRequest/" + id));
        var referral = awaitReferral(answer);

        assertThat(gateway.get("/fhir/" + referral)
                        .json()
                        .at("/identifier/0/value")
                        .asString())
                .isEqualTo(number);
        assertThat(gateway.get("/fhir/" + referral + "/$receipt").body())
                .contains("\"valueCode\":\"task-by-reference\"", "patient.name", "requester");
        await().atMost(AT_MOST).until(() -> status(answer).equals("received"));
    }

    /** What has been read for it would become a referral behind the erasure's back. */
    @Test
    void isNotErasedWhileItIsBeingRead() {
        var id = serve(Referrals.newNumber());
        ehr.setGlobalFixedDelay(900);
        try {
            var answer = gateway.post("/Task", task("ServiceRequest/" + id));
            var task = UUID.fromString(answer.header("Location").replaceFirst(".*Task/", ""));
            await().atMost(AT_MOST)
                    .until(() -> gateway.db()
                            .sql("select attempted_until is not null from parked_submission where task = :task")
                            .param("task", task)
                            .query(Boolean.class)
                            .single());
            assertThat(wishToErase(task)).isEqualTo("being-joined");

            var referral = awaitReferral(answer);
            assertThat(gateway.get("/fhir/" + referral).status()).isEqualTo(200);
            assertThat(wishToErase(task)).isEqualTo("erased");
            assertThat(gateway.get("/fhir/" + referral).status()).isEqualTo(410);
        } finally {
            ehr.setGlobalFixedDelay(0);
        }
    }

    private static String wishToErase(UUID task) {
        var request = UUID.randomUUID();
        gateway.db()
                .sql(
                        "insert into erasure_request (request, referrals, reason, actor) values (:request, :referrals, 'person-asked', 'person:root')")
                .param("request", request)
                .param("referrals", new UUID[] {task})
                .update();
        return await().atMost(AT_MOST)
                .until(
                        () -> gateway.db()
                                .sql(
                                        "select outcome from erasure_request where request = :request and answer is not null")
                                .param("request", request)
                                .query(String.class)
                                .optional()
                                .orElse(""),
                        outcome -> !outcome.isEmpty());
    }

    @Test
    void takesAnAddressInsideTheRegisteredBase() {
        var number = Referrals.newNumber();
        var id = serve(number);

        awaitReferral(gateway.post("/Task", task(ehr.baseUrl() + "/fhir/ServiceRequest/" + id)));
    }

    @Test
    void readsNothingFromAnywhereElse() {
        for (var address : new String[] {
            "https://elsewhere.example/fhir/ServiceRequest/1",
            ehr.baseUrl() + "/other/ServiceRequest/1",
            ehr.baseUrl() + "/fhir/../other/ServiceRequest/1",
            ehr.baseUrl() + "/fhirx/ServiceRequest/1",
            ehr.baseUrl().replace("http://", "http://user@") + "/fhir/ServiceRequest/1",
            ehr.baseUrl().replace("localhost", "localhost.evil.example") + "/fhir/ServiceRequest/1"
        }) {
            var answer = gateway.post("/Task", task(address));
            assertThat(answer.status()).as(address).isEqualTo(422);
            assertThat(answer.body()).containsAnyOf("base-not-registered", "unsafe-reference");
        }
        ehr.verify(0, getRequestedFor(urlMatching("/.*")));
    }

    @Test
    void aServerThatFailsIsAskedAgain() {
        var number = Referrals.newNumber();
        var path = "/fhir/ServiceRequest/sr-" + number;
        patient(number);
        var flaky = "flaky-" + number;
        ehr.stubFor(get(urlEqualTo(path))
                .inScenario(flaky)
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withStatus(503))
                .willSetStateTo("reset"));
        ehr.stubFor(get(urlEqualTo(path))
                .inScenario(flaky)
                .whenScenarioStateIs("reset")
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))
                .willSetStateTo("slow"));
        ehr.stubFor(get(urlEqualTo(path))
                .inScenario(flaky)
                .whenScenarioStateIs("slow")
                .willReturn(okJson("{}").withFixedDelay(3000))
                .willSetStateTo("well"));
        ehr.stubFor(get(urlEqualTo(path))
                .inScenario(flaky)
                .whenScenarioStateIs("well")
                .willReturn(okJson(request("sr-" + number, number))));
        var answer = gateway.post("/Task", task("ServiceRequest/sr-" + number));

        assertThat(status(answer)).isEqualTo("received");
        awaitReferral(answer);
    }

    @Test
    void followsNoRedirectAndReadsNoEndlessAnswer() {
        var number = Referrals.newNumber();
        ehr.stubFor(get(urlEqualTo("/fhir/ServiceRequest/moved-" + number))
                .willReturn(aResponse().withStatus(302).withHeader("Location", ehr.baseUrl() + "/secret")));
        ehr.stubFor(get(urlEqualTo("/fhir/ServiceRequest/large-" + number))
                .willReturn(okJson("{\"resourceType\":\"ServiceRequest\",\"note\":[{\"text\":\"" + "x".repeat(200_000)
                        + "\"}]}")));
        var moved = gateway.post("/Task", task("ServiceRequest/moved-" + number));
        var large = gateway.post("/Task", task("ServiceRequest/large-" + number));

        await().atMost(AT_MOST).untilAsserted(() -> {
            assertThat(reason(moved)).contains("302");
            assertThat(reason(large)).contains("larger than");
        });
        ehr.verify(0, getRequestedFor(urlEqualTo("/secret")));
    }

    private static String reason(TestGateway.Answer answer) {
        return gateway.get("/fhir/Task/" + answer.header("Location").replaceFirst(".*Task/", ""))
                .json()
                .at("/statusReason/text")
                .asString("");
    }

    @Test
    void whatIsNoReferralEndsTheTaskWithItsReason() {
        var number = Referrals.newNumber();
        ehr.stubFor(
                get(urlEqualTo("/fhir/ServiceRequest/lab-" + number))
                        .willReturn(
                                okJson(
                                        request("lab-" + number, number)
                                                .replace(
                                                        "\"code\": {\"text\": \"Referral to pain clinic\"}",
                                                        "\"category\": [{\"coding\": [{\"system\": \"http://snomed.info/sct\", \"code\": \"108252007\"}]}]"))));
        patient(number);
        var answer = gateway.post("/Task", task("ServiceRequest/lab-" + number));

        await().atMost(AT_MOST).until(() -> status(answer).equals("rejected"));
        assertThat(reason(answer)).contains("not-a-referral");
    }

    @Test
    void theSameTaskSentTwiceWaitsOnce() {
        var body = task("ServiceRequest/absent-" + Referrals.newNumber());

        assertThat(gateway.post("/Task", body).header("Location"))
                .isEqualTo(gateway.post("/Task", body).header("Location"));
    }

    @Test
    void aTaskAboutAReferralThatIsHereIsToldItsCoordinationTask() {
        var referral = gateway.post("/ServiceRequest", Referrals.aReferral(Referrals.newNumber()))
                .referral();
        var answer = gateway.post("/Task", task("ServiceRequest/" + referral));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Location")).contains("Task/");
    }

    @Test
    void aTaskThatNamesItsReferralByNumberWaitsForItAndFollowsIt() {
        var number = Referrals.newNumber();
        var named = task("x")
                .replace(
                        "\"reference\": \"x\"",
                        "\"identifier\": {\"system\": \"https://practice.example/orders\", \"value\": \"" + number
                                + "\"}");
        var early = gateway.post("/Task", named);
        assertThat(early.status()).as(early.body()).isEqualTo(202);

        var sent = gateway.post("/ServiceRequest", Referrals.aReferral(number));
        assertThat(awaitReferral(early)).isEqualTo("ServiceRequest/" + sent.referral());
        assertThat(gateway.post("/Task", named.replaceFirst("\"value\": \"[^\"]+\"", "\"value\": \"another\""))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTaskThatTellsOfAStateIsNoRequest() {
        var answer = gateway.post("/Task", task("ServiceRequest/x").replace("\"requested\"", "\"completed\""));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.issues()).containsExactly("not-a-request@Task.status");
    }
}
