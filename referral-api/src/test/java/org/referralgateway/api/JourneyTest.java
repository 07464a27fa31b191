package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A referral goes in; an assessment task comes out. */
class JourneyTest {

    private final TestGateway gateway = TestGateway.shared();

    @Test
    void aBareReferralBecomesAnEventAndTasks() {
        var answer = gateway.post("/ServiceRequest", Referrals.aReferral(Referrals.newNumber()));

        assertThat(answer.body()).contains("OperationOutcome");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location")).matches(".*/fhir/ServiceRequest/[0-9a-f-]{36}/_history/1");
        assertThat(answer.header("ETag")).isEqualTo("W/\"1\"");
        assertThat(answer.header("Last-Modified")).isNotEmpty();
        var tasks = tasksOf(answer.referral());
        assertThat(tasks.toString()).contains("completeness-check", "triage", "fulfill", "received");
    }

    @Test
    void aTransactionIsStoredWholeAndItsTaskIsTheCoordinationTask() {
        var answer = gateway.post("", Referrals.aTransaction(Referrals.newNumber()));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("type").asString()).isEqualTo("transaction-response");
        assertThat(answer.json().at("/entry/0/response/location").asString()).startsWith("Patient/");
        var task = answer.json().at("/entry/3/response/location").asString().replaceFirst("/_history.*", "");
        tasksOf(answer.referral());
        assertThat(gateway.get("/fhir/" + task).json().at("/focus/reference").asString())
                .isEqualTo("ServiceRequest/" + answer.referral());
        var read = gateway.get("/fhir/ServiceRequest/" + answer.referral()).json();
        assertThat(read.at("/subject/reference").asString())
                .isEqualTo(answer.json()
                        .at("/entry/0/response/location")
                        .asString()
                        .replaceFirst("/_history.*", ""));
    }

    private JsonNode tasksOf(String referral) {
        return await().atMost(Duration.ofMinutes(5))
                .until(
                        () -> gateway.get("/fhir/Task?focus=ServiceRequest/" + referral)
                                .json(),
                        bundle -> bundle.path("total").asInt() >= 3);
    }
}
