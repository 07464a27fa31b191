package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.referralgateway.api.vault.Fingerprints;
import org.referralgateway.api.vault.Vault;

/** Referrals by messages: each dialect's events mean what they say, and every message is answered by one. */
class MessageTest {

    private static final String BARS = "https://fhir.nhs.uk/CodeSystem/message-events-bars";
    private static final String V2 = "http://terminology.hl7.org/CodeSystem/v2-0003";
    private static final String CANADA = "https://ehealthontario.ca/fhir/CodeSystem/message-event-code";
    private static final String COW = "http://hl7.org/fhir/uv/cow/CodeSystem/message-events";

    private final TestGateway gateway = TestGateway.shared();

    @Test
    void anOlderMessageDoesNotOverwriteANewerOne() {
        var number = Referrals.newNumber();
        send(V2, "I12", "", "active", number);
        var newer = message(UUID.randomUUID().toString(), V2, "I13", "", "active", number)
                .replace("2026-11-20T09:00:00Z", "2026-11-20T11:00:00Z")
                .replace("after shingles", "after shingles, worse");
        var older = message(UUID.randomUUID().toString(), V2, "I13", "", "active", number)
                .replace("2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z")
                .replace("after shingles", "after shingles, better");
        var amended = gateway.post("/$process-message", newer);
        var outdated = gateway.post("/$process-message", older);

        assertThat(amended.status()).as(amended.body()).isEqualTo(200);
        assertThat(outdated.status()).as(outdated.body()).isEqualTo(409);
        assertThat(outdated.issues()).containsExactly("message-outdated@Bundle.timestamp");
        var referral = amended.json().at("/entry/0/resource/focus/0/reference").asString();
        assertThat(gateway.get("/fhir/" + referral).body()).contains("shingles, worse");
    }

    private static String message(String id, String system, String event, String reason, String status, String number) {
        return """
                {
                  "resourceType": "Bundle", "id": "%1$s", "type": "message", "timestamp": "2026-11-20T09:00:00Z",
                  "entry": [
                    {"fullUrl": "urn:uuid:%1$s", "resource": {
                      "resourceType": "MessageHeader",
                      "eventCoding": {"system": "%2$s", "code": "%3$s"},
                      %4$s
                      "source": {"endpoint": "https://practice.example/fhir"},
                      "focus": [{"reference": "urn:uuid:9b3f0c1e-1111-4a4a-8a8a-00000000000a"}]}},
                    {"fullUrl": "urn:uuid:9b3f0c1e-1111-4a4a-8a8a-00000000000a", "resource": {
                      "resourceType": "ServiceRequest", "status": "%5$s", "intent": "plan",
                      "identifier": [{"system": "https://practice.example/orders", "value": "%6$s"}],
                      "category": [{"coding": [{"system": "https://fhir.nhs.uk/CodeSystem/message-category-servicerequest", "code": "referral"}]}],
                      "subject": {"reference": "urn:uuid:9b3f0c1e-1111-4a4a-8a8a-00000000000b"},
                      "reasonCode": [{"text": "Burning pain after shingles"}]}},
                    {"fullUrl": "urn:uuid:9b3f0c1e-1111-4a4a-8a8a-00000000000b", "resource": {
                      "resourceType": "Patient",
                      "identifier": [{"system": "https://practice.example/patients", "value": "P-%6$s"}],
                      "name": [{"text": "Silvia Birch"}], "birthDate": "1980-01-31"}}
                  ]
                }
                """.formatted(
                        id,
                        system,
                        event,
                        reason.isEmpty()
                                ? ""
                                : "\"reason\": {\"coding\": [{\"system\": \"https://fhir.nhs.uk/CodeSystem/message-reason-bars\", \"code\": \""
                                        + reason + "\"}]},",
                        status,
                        number);
    }

    private TestGateway.Answer send(String system, String event, String reason, String status, String number) {
        return gateway.post(
                "/$process-message", message(UUID.randomUUID().toString(), system, event, reason, status, number));
    }

    private String status(String number) {
        return gateway.db()
                .sql("""
                        select request_status from referral r
                        join submission_key k on k.sender = r.sender and k.referral = r.referral
                        where k.kind = 'placer' and k.key = ?
                        """)
                .param(Fingerprints.key(
                        gateway.bean(Vault.class), "demo", "placer", "https://practice.example/orders|" + number))
                .query(String.class)
                .single();
    }

    @ParameterizedTest
    @CsvSource({
        "https://fhir.nhs.uk/CodeSystem/message-events-bars, servicerequest-request, new, bars-message",
        "http://terminology.hl7.org/CodeSystem/v2-0003, I12, '', v2-referral-message",
        "https://ehealthontario.ca/fhir/CodeSystem/message-event-code, add-service-request, '', ca-erec-message",
        "http://hl7.org/fhir/uv/cow/CodeSystem/message-events, new-order, '', cow-message",
        "https://www.minsal.cl/events, iniciar, '', cl-waiting-list-message",
        "https://www.minsal.cl/events, referenciar, '', cl-waiting-list-message"
    })
    void aNewReferralIsTakenAndAnsweredByAMessage(String system, String event, String reason, String dialect) {
        var id = UUID.randomUUID().toString();
        var number = Referrals.newNumber();
        var answer = gateway.post("/$process-message", message(id, system, event, reason, "active", number));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("type").asString()).isEqualTo("message");
        assertThat(answer.json().at("/entry/0/resource/response/identifier").asString())
                .isEqualTo(id);
        assertThat(answer.json().at("/entry/0/resource/response/code").asString())
                .isEqualTo("ok");
        var referral = answer.json().at("/entry/0/resource/focus/0/reference").asString();
        assertThat(gateway.get("/fhir/" + referral).status()).isEqualTo(200);
        assertThat(gateway.get("/fhir/" + referral + "/$receipt").body()).contains("\"valueCode\":\"" + dialect + "\"");
    }

    @Test
    void oceansPluralAddressIsTheSame() {
        var answer = gateway.post(
                "/$process-messages",
                message(
                        UUID.randomUUID().toString(),
                        CANADA,
                        "add-service-request",
                        "",
                        "active",
                        Referrals.newNumber()));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "https://fhir.nhs.uk/CodeSystem/message-events-bars, servicerequest-request, new, servicerequest-request, update, revoked, revoked",
        "https://fhir.nhs.uk/CodeSystem/message-events-bars, servicerequest-request, new, servicerequest-request, update, entered-in-error, entered-in-error",
        "http://terminology.hl7.org/CodeSystem/v2-0003, I12, '', I14, '', active, revoked",
        "https://ehealthontario.ca/fhir/CodeSystem/message-event-code, add-service-request, '', revoke-service-request, '', active, revoked",
        "http://hl7.org/fhir/uv/cow/CodeSystem/message-events, new-order, '', order-update, '', revoked, revoked"
    })
    void aWithdrawalEndsTheReferralAndMakesNoNewOne(
            String system, String first, String reason, String then, String thenReason, String sent, String now) {
        var number = Referrals.newNumber();
        send(system, first, reason, "active", number);
        var before = count();
        var answer = send(system, then, thenReason, sent, number);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(status(number)).isEqualTo(now);
        assertThat(count()).isEqualTo(before);
    }

    private long count() {
        return gateway.db()
                .sql("select count(*) from referral")
                .query(Long.class)
                .single();
    }

    @ParameterizedTest
    @CsvSource({
        "http://terminology.hl7.org/CodeSystem/v2-0003, I12, I13",
        "https://ehealthontario.ca/fhir/CodeSystem/message-event-code, add-service-request, notify-update-service-request",
        "http://hl7.org/fhir/uv/cow/CodeSystem/message-events, new-order, order-update",
        "https://www.minsal.cl/events, iniciar, referenciar"
    })
    void anUpdateMakesANewVersion(String system, String first, String then) {
        var number = Referrals.newNumber();
        var created = send(system, first, "", "active", number);
        var answer = gateway.post(
                "/$process-message",
                message(UUID.randomUUID().toString(), system, then, "", "active", number)
                        .replace("Burning pain", "Stabbing pain"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().at("/entry/0/resource/focus/0/reference"))
                .isEqualTo(created.json().at("/entry/0/resource/focus/0/reference"));
        assertThat(answer.body()).contains("Changed: reasons.");
    }

    @ParameterizedTest
    @CsvSource({
        "new, revoked",
        "update, active",
        "delete, active",
        "delete, revoked",
        "new, entered-in-error",
        "'', active"
    })
    void pairsThatBarsDoesNotDefineAreRefused(String reason, String status) {
        var answer = send(BARS, "servicerequest-request", reason, status, Referrals.newNumber());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.issues()).containsExactly("message-pair-illegal@Bundle.entry[0].resource.reason");
    }

    @Test
    void aRepeatedMessageOfBarsIsAConflictAndOfOthersTheSameAnswer() {
        var bars = message(
                UUID.randomUUID().toString(), BARS, "servicerequest-request", "new", "active", Referrals.newNumber());
        var other = message(UUID.randomUUID().toString(), V2, "I12", "", "active", Referrals.newNumber());
        gateway.post("/$process-message", bars);
        var first = gateway.post("/$process-message", other);

        assertThat(gateway.post("/$process-message", bars).issues()).containsExactly("message-repeated@");
        var again = gateway.post("/$process-message", other);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().at("/entry/0/resource/focus"))
                .isEqualTo(first.json().at("/entry/0/resource/focus"));
    }

    @Test
    void oneMessageIdStandsForOneMessage() {
        var id = UUID.randomUUID().toString();
        gateway.post("/$process-message", message(id, COW, "new-order", "", "active", Referrals.newNumber()));
        var other =
                gateway.post("/$process-message", message(id, COW, "new-order", "", "active", Referrals.newNumber()));

        assertThat(other.status()).isEqualTo(409);
        assertThat(other.issues()).containsExactly("request-id-reused@");
    }

    @Test
    void anUnknownEventIsToldWhichAreTaken() {
        var answer = send(V2, "O21", "", "active", Referrals.newNumber());

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.issues()).containsExactly("message-event-not-supported@Bundle.entry[0].resource.event");
        assertThat(answer.body()).contains("servicerequest-request", "I12", "add-service-request", "new-order");
    }

    @Test
    void anAnswerIsNeverTakenForAReferral() {
        var answer = send(BARS, "servicerequest-response", "new", "active", Referrals.newNumber());

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.issues()).containsExactly("not-a-request@Bundle.entry[0].resource.event");
    }

    @Test
    void aWithdrawalThatComesFirstWaitsForItsReferral() {
        var number = Referrals.newNumber();
        var early = send(V2, "I14", "", "active", number);
        assertThat(early.status()).as(early.body()).isEqualTo(202);
        var task = early.header("Location");
        assertThat(gateway.get("/fhir/" + task)
                        .json()
                        .at("/businessStatus/coding/0/code")
                        .asString())
                .isEqualTo("waiting-for-referral");

        send(V2, "I12", "", "active", number);

        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(status(number)).isEqualTo("revoked"));
    }
}
