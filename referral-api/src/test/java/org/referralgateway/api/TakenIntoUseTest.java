package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A database that was used before there was a keyring. */
class TakenIntoUseTest {

    private static final Duration AT_MOST = Duration.ofMinutes(2);

    @Test
    void whatWasStoredPlainIsLockedAndGoesOnAsItWas() throws Exception {
        var url = TestServers.instance().anotherDatabase("plain_before");
        var together = Referrals.newNumber();
        var alone = Referrals.newNumber();
        var waiting = Referrals.newNumber();
        var patient = UUID.randomUUID().toString();
        String first;
        String second;
        try (var plain = start(url, "--referral.vault.enabled=false")) {
            first = plain.post("", Referrals.aTransaction(together)).referral();
            second = plain.post("/ServiceRequest", Referrals.aReferral(alone)).referral();
            var sent = plain.get("/fhir/ServiceRequest/" + second).body();
            var amended = sent.replace("\"urgent\"", "\"routine\"");
            assertThat(plain.put("/ServiceRequest/" + second, amended).status()).isEqualTo(200);
            assertThat(plain.post("/ServiceRequest", waitingFor(patient, waiting))
                            .status())
                    .isEqualTo(202);
        }
        var words = List.of("Birch", "Silvia", "Nutt", "Hazel", "555-0101", "1971-04-02", together, alone, waiting);
        assertThat(TestServers.instance().dump(url).tablesWith(words))
                .as("plain at first")
                .hasSizeGreaterThan(5);

        try (var locked = start(url)) {
            await().atMost(AT_MOST)
                    .until(() -> locked.db()
                            .sql("select exists (select from vault where whole_since is not null)")
                            .query(Boolean.class)
                            .single());
            assertThat(TestServers.instance().dump(url).tablesWith(words)).isEmpty();

            assertThat(locked.get("/fhir/ServiceRequest/" + first).body()).contains(together);
            assertThat(locked.get("/fhir/ServiceRequest/" + second).body())
                    .contains("Nutt")
                    .contains("routine");
            assertThat(locked.get("/fhir/ServiceRequest/" + second + "/_history/1")
                            .body())
                    .contains("urgent");
            assertThat(locked.get("/referrals/" + second).body()).contains("Hazel");
            assertThat(locked.get("/fhir/ServiceRequest?identifier=" + alone)
                            .json()
                            .path("total")
                            .asInt())
                    .isEqualTo(1);
            var again = locked.post("", Referrals.aTransaction(together));
            assertThat(again.referral()).as("known by its number").isEqualTo(first);
            var arrived = "{\"resourceType\": \"Patient\", \"id\": \"%s\", \"name\": [{\"family\": \"Nutt\"}]}";
            assertThat(locked.put("/Patient/" + patient, arrived.formatted(patient))
                            .status())
                    .isEqualTo(201);
            await().atMost(AT_MOST)
                    .until(() -> locked.get("/fhir/ServiceRequest?identifier=" + waiting)
                                    .json()
                                    .path("total")
                                    .asInt()
                            == 1);
            assertThat(TestServers.instance().dump(url).tablesWith(words)).isEmpty();
        }
    }

    private static String waitingFor(String patient, String number) {
        return """
                {"resourceType": "ServiceRequest", "status": "active", "intent": "order",
                 "identifier": [{"system": "https://practice.example/orders", "value": "%s"}],
                 "code": {"text": "Referral to pain clinic"},
                 "subject": {"reference": "Patient/%s", "display": "Hazel Nutt"},
                 "reasonCode": [{"text": "Phantom limb pain"}]}""".formatted(number, patient);
    }

    private static TestGateway start(String url, String... more) {
        var arguments = new ArrayList<>(List.of(
                "--spring.datasource.url=" + url,
                "--referral.assessment.enabled=false",
                "--referral.outbox.enabled=false"));
        arguments.addAll(List.of(more));
        return TestGateway.start(arguments.toArray(String[]::new));
    }
}
