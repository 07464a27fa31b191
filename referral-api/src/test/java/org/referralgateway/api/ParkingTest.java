package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What arrives before that which it belongs to is kept and joined; it neither waits for ever nor without limit. */
class ParkingTest {

    private static final Duration AT_MOST = Duration.ofMinutes(2);

    private final TestGateway gateway = TestGateway.shared();

    private static String referralOf(String patient, String number) {
        return """
                {"resourceType": "ServiceRequest", "status": "active", "intent": "order",
                 "identifier": [{"system": "https://practice.example/orders", "value": "%s"}],
                 "code": {"text": "Referral to pain clinic"},
                 "subject": {"reference": "Patient/%s"},
                 "reasonCode": [{"text": "Phantom limb pain"}]}""".formatted(number, patient);
    }

    private static String patient(String id) {
        return """
                {"resourceType": "Patient", "id": "%1$s", "birthDate": "1971-04-02",
                 "identifier": [{"system": "https://practice.example/patients", "value": "%1$s"}],
                 "name": [{"family": "Nutt", "given": ["Hazel"]}]}""".formatted(id);
    }

    private String status(String location) {
        return gateway.get("/fhir/Task/" + location.replaceFirst(".*Task/", ""))
                .json()
                .path("status")
                .asString();
    }

    @Test
    void aReferralWaitsForItsPatientAndBeginsWhenThatComes() {
        var id = Referrals.newNumber();
        var early = gateway.post("/ServiceRequest", referralOf(id, id));
        assertThat(early.status()).as(early.body()).isEqualTo(202);
        assertThat(early.issues()).containsExactly("waits-for-another@ServiceRequest.subject.reference");

        assertThat(gateway.put("/Patient/" + id, patient(id)).status()).isEqualTo(201);

        await().atMost(AT_MOST)
                .untilAsserted(() -> assertThat(gateway.get("/fhir/ServiceRequest?identifier=" + id)
                                .json()
                                .path("total")
                                .asInt())
                        .isEqualTo(1));
        var task = early.header("Location").replaceFirst(".*Task/", "");
        await().atMost(AT_MOST)
                .untilAsserted(() -> assertThat(gateway.get("/fhir/Task/" + task)
                                .json()
                                .at("/focus/reference")
                                .asString(""))
                        .startsWith("ServiceRequest/"));
        await().atMost(AT_MOST)
                .untilAsserted(() -> assertThat(gateway.db()
                                .sql("select length(body) from parked_submission where task = ?::uuid")
                                .param(task)
                                .query(Integer.class)
                                .single())
                        .as("what is stored as a submission is not kept twice")
                        .isZero());
    }

    @Test
    void aPatientThatNoReferenceCanEverReachRefuses() {
        var number = Referrals.newNumber();

        assertThat(gateway.post(
                                "/ServiceRequest",
                                referralOf("x", number)
                                        .replace("Patient/x", "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-0000000000ff"))
                        .status())
                .isEqualTo(422);
        assertThat(gateway.post("/ServiceRequest", referralOf("x", number).replace("Patient/x", "#p"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void whatWaitsTooLongExpiresWithAReason() {
        try (var hasty =
                TestGateway.start("--referral.parking.expire-after=1s", "--referral.parking.sweep-every=200ms")) {
            var id = Referrals.newNumber();
            var early = hasty.post("/ServiceRequest", referralOf(id, id));

            await().atMost(AT_MOST).until(() -> status(early.header("Location")).equals("failed"));
            assertThat(gateway.get("/fhir/Task/" + early.header("Location").replaceFirst(".*Task/", ""))
                            .body())
                    .contains("expired", "did not arrive in time");
        }
    }

    @Test
    void noSenderMayKeepMoreWaitingThanAllowed() {
        try (var narrow =
                TestGateway.start("--referral.parking.max-per-sender=1", "--referral.parking.sweep-every=1h")) {
            narrow.post("/ServiceRequest", referralOf(Referrals.newNumber(), Referrals.newNumber()));
            var second = narrow.post("/ServiceRequest", referralOf(Referrals.newNumber(), Referrals.newNumber()));

            assertThat(second.status()).isEqualTo(429);
            assertThat(second.issues()).containsExactly("too-many-waiting@");
        }
    }

    @Test
    void aReferralWhosePatientComesLaterSaysTheSameWhenItIsSentAgain() {
        var id = Referrals.newNumber();
        var first = gateway.post("/ServiceRequest", referralOf(id, id));
        var again = gateway.post("/ServiceRequest", referralOf(id, id));

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    }
}
