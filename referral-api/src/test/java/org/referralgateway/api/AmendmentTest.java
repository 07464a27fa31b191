package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A referral that is there is changed or called off by its placer: versioned, compared, and looked at again if it matters. */
class AmendmentTest {

    private static final Duration AT_MOST = Duration.ofMinutes(2);

    private final TestGateway gateway = TestGateway.shared();

    private static String withId(String body, String id) {
        return body.replaceFirst("\\{", "{\"id\":\"" + id + "\",");
    }

    @Test
    void aPutMakesANewVersionAndSaysWhatChanged() {
        var number = Referrals.newNumber();
        var id = gateway.post("/ServiceRequest", Referrals.aReferral(number)).referral();
        var answer = gateway.put(
                "/ServiceRequest/" + id, withId(Referrals.aReferral(number), id).replace("\"urgent\"", "\"stat\""));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("W/\"2\"");
        assertThat(answer.issues()).contains("amended@ServiceRequest");
        assertThat(answer.body()).contains("Changed: priority.");
        assertThat(gateway.get("/fhir/ServiceRequest/" + id)
                        .json()
                        .path("priority")
                        .asString())
                .isEqualTo("stat");
        assertThat(gateway.get("/fhir/ServiceRequest/" + id + "/_history/1")
                        .json()
                        .path("priority")
                        .asString())
                .isEqualTo("urgent");
        assertThat(events(id)).containsExactly("referral.received.v1", "referral.amended.v1");
    }

    @Test
    void anAmendmentThatMattersForTriageOpensItAgainOnceItWasDone() {
        var number = Referrals.newNumber();
        var id = gateway.post("/ServiceRequest", Referrals.aReferral(number)).referral();
        awaitTasks(id, "completeness-check", "triage");
        gateway.db()
                .sql("update task set status = 'completed' where referral = ?::uuid and code = 'triage'")
                .param(id)
                .update();
        gateway.put(
                "/ServiceRequest/" + id, withId(Referrals.aReferral(number), id).replace("G90.511", "B02.29"));

        await().atMost(AT_MOST).untilAsserted(() -> assertThat(because(id)).contains("retriage-on-amendment-v2"));
    }

    @Test
    void aNewPhoneNumberIsKeptWithoutAnotherTriage() {
        var number = Referrals.newNumber();
        var id = gateway.post("/ServiceRequest", Referrals.aReferral(number)).referral();
        awaitTasks(id, "completeness-check", "triage");
        gateway.db()
                .sql("update task set status = 'completed' where referral = ?::uuid and code = 'triage'")
                .param(id)
                .update();
        var answer = gateway.put(
                "/ServiceRequest/" + id, withId(Referrals.aReferral(number), id).replace("555-0101", "555-0199"));

        assertThat(answer.body()).contains("Changed: patient-contact.").doesNotContain("triage again");
        await().atMost(AT_MOST).until(() -> consumed(id) == 2);
        assertThat(because(id)).noneMatch(reason -> reason.startsWith("retriage"));
    }

    @Test
    void aPutIsFoundByItsNumberToo() {
        var number = Referrals.newNumber();
        var first = gateway.post("/ServiceRequest", Referrals.aReferral(number)).referral();
        var answer = gateway.put(
                "/ServiceRequest?identifier=https://practice.example/orders%7C" + number,
                Referrals.aReferral(number).replace("\"urgent\"", "\"routine\""));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.referral()).isEqualTo(first);
    }

    @Test
    void aPutOfWhatIsNotThereCreatesIt() {
        var number = Referrals.newNumber();
        var own = "own-" + number;
        var created = gateway.put("/ServiceRequest/" + own, withId(Referrals.aReferral(number), own));
        var again = gateway.put("/ServiceRequest/" + own, withId(Referrals.aReferral(number), own));
        var changed = gateway.put(
                "/ServiceRequest/" + own,
                withId(Referrals.aReferral(number), own).replace("\"urgent\"", "\"asap\""));

        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.referral()).isEqualTo(created.referral());
        assertThat(events(created.referral())).containsExactly("referral.received.v1", "referral.amended.v1");
    }

    @Test
    void anAmendmentOfAnOlderVersionIsRefused() {
        var number = Referrals.newNumber();
        var id = gateway.post("/ServiceRequest", Referrals.aReferral(number)).referral();
        var body = withId(Referrals.aReferral(number), id);
        gateway.put("/ServiceRequest/" + id, body.replace("\"urgent\"", "\"stat\""), "If-Match", "W/\"1\"");
        var stale = gateway.put("/ServiceRequest/" + id, body.replace("\"urgent\"", "\"asap\""), "If-Match", "W/\"1\"");

        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.issues()).containsExactly("version-not-current@");
        assertThat(events(id)).hasSize(2);
    }

    @Test
    void anAmendmentNeverMovesAReferralToAnotherPerson() {
        var number = Referrals.newNumber();
        var id = gateway.post("/ServiceRequest", Referrals.aReferral(number)).referral();
        var other = gateway.put(
                "/ServiceRequest/" + id, withId(Referrals.aReferral(number), id).replace("\"P-", "\"Q-"));

        assertThat(other.status()).isEqualTo(409);
        assertThat(other.issues()).containsExactly("patient-differs@ServiceRequest.subject");
        assertThat(events(id)).hasSize(1);
    }

    @Test
    void aRevokedReferralIsCalledOffWithAllItsTasks() {
        var number = Referrals.newNumber();
        var id = gateway.post("/ServiceRequest", Referrals.aReferral(number)).referral();
        awaitTasks(id, "completeness-check", "triage");
        var revoked = withId(Referrals.aReferral(number), id)
                .replace("\"active\",\n  \"intent\"", "\"revoked\",\n  \"intent\"");
        var answer = gateway.put("/ServiceRequest/" + id, revoked);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.issues()).containsExactly("withdrawn@");
        await().atMost(AT_MOST).untilAsserted(() -> assertThat(statuses(id)).containsOnly("cancelled"));
        assertThat(gateway.put("/ServiceRequest/" + id, revoked).status()).isEqualTo(200);
        assertThat(gateway.put("/ServiceRequest/" + id, withId(Referrals.aReferral(number), id))
                        .issues())
                .containsExactly("referral-not-current@ServiceRequest");
    }

    @Test
    void onceWorkHasBegunAWithdrawalHasToBeAgreedTo() {
        var number = Referrals.newNumber();
        var id = gateway.post("/ServiceRequest", Referrals.aReferral(number)).referral();
        awaitTasks(id, "completeness-check", "triage");
        gateway.db()
                .sql("update task set status = 'in-progress' where referral = ?::uuid and code = 'coordination'")
                .param(id)
                .update();
        var abort = gateway.post("/Task", """
                {"resourceType": "Task", "status": "requested", "intent": "order",
                 "code": {"coding": [{"system": "http://hl7.org/fhir/CodeSystem/task-code", "code": "abort"}]},
                 "focus": {"reference": "ServiceRequest/%s"}}""".formatted(id));

        assertThat(abort.status()).as(abort.body()).isEqualTo(201);
        awaitTasks(id, "confirm-cancellation");
        assertThat(statuses(id)).contains("in-progress").doesNotContain("cancelled");
        var agree = gateway.db()
                .sql("select task from task where referral = ?::uuid and code = 'confirm-cancellation'")
                .param(id)
                .query(UUID.class)
                .single();
        gateway.click("/worklist/tasks/" + agree + "/complete", "version=1");

        assertThat(statuses(id)).containsOnly("cancelled", "completed");
    }

    @Test
    void amendmentsAtOnceGiveGaplessVersionsAndEvents() throws Exception {
        var number = Referrals.newNumber();
        var id = gateway.post("/ServiceRequest", Referrals.aReferral(number)).referral();
        int writers = 16;
        var start = new CyclicBarrier(writers);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, writers)
                    .forEach(i -> threads.submit(() -> {
                        start.await();
                        return gateway.put(
                                "/ServiceRequest/" + id,
                                withId(Referrals.aReferral(number), id).replace("Dr Linden", "Dr " + i));
                    }));
        }
        assertThat(gateway.db()
                        .sql("select version from referral_version where referral = ?::uuid order by version")
                        .param(id)
                        .query(Integer.class)
                        .list())
                .isEqualTo(IntStream.rangeClosed(1, writers + 1).boxed().toList());
        assertThat(gateway.db()
                        .sql(
                                "select sequence from outbox where referral = ?::uuid and topic = 'referral.events.v1' order by sequence")
                        .param(id)
                        .query(Long.class)
                        .list())
                .isEqualTo(IntStream.rangeClosed(1, writers + 1)
                        .mapToObj(i -> (long) i)
                        .toList());
    }

    @Test
    void aTransactionMayAmendOneReferralAndBringAnother() {
        var number = Referrals.newNumber();
        var other = Referrals.newNumber();
        var id = gateway.post("/ServiceRequest", Referrals.aReferral(number)).referral();
        var answer = gateway.post("", """
                {"resourceType": "Bundle", "type": "transaction", "entry": [
                  {"resource": %s, "request": {"method": "PUT", "url": "ServiceRequest/%s"}},
                  {"resource": %s, "request": {"method": "POST", "url": "ServiceRequest"}}]}""".formatted(
                        withId(Referrals.aReferral(number), id).replace("\"urgent\"", "\"stat\""),
                        id,
                        Referrals.aReferral(other)));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().at("/entry/0/response/location").asString())
                .isEqualTo("ServiceRequest/" + id + "/_history/2");
        assertThat(answer.json().at("/entry/0/response/status").asString()).startsWith("200");
        assertThat(answer.json().at("/entry/1/response/status").asString()).startsWith("201");
    }

    private void awaitTasks(String referral, String... codes) {
        await().atMost(AT_MOST)
                .untilAsserted(() -> assertThat(gateway.db()
                                .sql("select code from task where referral = ?::uuid")
                                .param(referral)
                                .query(String.class)
                                .list())
                        .contains(codes));
    }

    private List<String> because(String referral) {
        return gateway.db()
                .sql("select because from task where referral = ?::uuid")
                .param(referral)
                .query(String.class)
                .list();
    }

    private List<String> statuses(String referral) {
        return gateway.db()
                .sql("select status from task where referral = ?::uuid")
                .param(referral)
                .query(String.class)
                .list();
    }

    private List<String> events(String referral) {
        return gateway.db()
                .sql(
                        "select type from outbox where referral = ?::uuid and topic = 'referral.events.v1' order by sequence")
                .param(referral)
                .query(String.class)
                .list();
    }

    private long consumed(String referral) {
        return gateway.db()
                .sql("select last_sequence from assessment_progress where referral = ?")
                .param(UUID.fromString(referral))
                .query(Long.class)
                .optional()
                .orElse(0L);
    }
}
