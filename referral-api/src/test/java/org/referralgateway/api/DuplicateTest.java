package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two practices refer the same person: the clinic is told, the practices are not, and nothing is refused. */
class DuplicateTest {

    private static final Duration AT_MOST = Duration.ofMinutes(2);

    private final TestGateway gateway = TestGateway.shared();

    /** Each test has a person of its own. */
    private static String of(String person, String number) {
        return Referrals.aReferral(number)
                .replace("\"Nutt\"", "\"" + person + "\"")
                .replace(
                        "555-0101",
                        "+44 20 " + Math.abs(person.hashCode() % 1000) + " "
                                + (1000 + Math.abs(person.hashCode() % 9000)));
    }

    private List<String> codes(String referral) {
        return gateway.db()
                .sql("select code from task where referral = ?::uuid")
                .param(referral)
                .query(String.class)
                .list();
    }

    private void awaitTasks(String referral) {
        await().atMost(AT_MOST).until(() -> codes(referral).contains("triage"));
    }

    @Test
    void theSamePersonWithTheSameProblemFromAnotherPracticeIsPointedOutToTheClinicOnly() {
        var first = gateway.post("/ServiceRequest", of("Ashgrove", Referrals.newNumber()))
                .referral();
        awaitTasks(first);
        try (var elsewhere = TestGateway.start("--referral.identity.demo-sender=hill-practice")) {
            var sent = elsewhere.post(
                    "/ServiceRequest",
                    of("ashgrove", Referrals.newNumber())
                            .replace("practice.example/patients", "hill.example/patients"));
            var second = sent.referral();
            await().atMost(AT_MOST).until(() -> codes(second).contains("verify-identity"));

            assertThat(sent.status()).isEqualTo(201);
            assertThat(sent.body()).doesNotContain(first);
            assertThat(elsewhere
                            .get("/fhir/Task?focus=ServiceRequest/" + second)
                            .body())
                    .contains("fulfill")
                    .doesNotContain("verify-identity");
            assertThat(elsewhere
                            .get("/fhir/ServiceRequest/" + second + "/$receipt")
                            .body())
                    .doesNotContain(first);
            assertThat(gateway.db()
                            .sql("select other_referral::text from possible_duplicate where referral = ?::uuid")
                            .param(second)
                            .query(String.class)
                            .list())
                    .containsExactly(first);
        }
    }

    @Test
    void thePagesOfBothPointToEachOther() {
        var first = gateway.post("/ServiceRequest", of("Blackthorn", Referrals.newNumber()))
                .referral();
        awaitTasks(first);
        var second = gateway.post("/ServiceRequest", of("Blackthorn", Referrals.newNumber()))
                .referral();
        awaitTasks(second);

        assertThat(gateway.get("/referrals/" + second).body())
                .contains("Perhaps the same person", "/referrals/" + first);
        assertThat(gateway.get("/referrals/" + first).body())
                .contains("Perhaps the same person", "/referrals/" + second);
    }

    @Test
    void anotherProblemOrAnotherBirthDateIsNoDuplicate() {
        var first = gateway.post("/ServiceRequest", of("Cottonwood", Referrals.newNumber()))
                .referral();
        awaitTasks(first);
        var problem = gateway.post(
                        "/ServiceRequest",
                        of("Cottonwood", Referrals.newNumber()).replace("G90.511", "B02.29"))
                .referral();
        var person = gateway.post(
                        "/ServiceRequest",
                        of("Cottonwood", Referrals.newNumber()).replace("1971-04-02", "1972-04-02"))
                .referral();
        awaitTasks(problem);
        awaitTasks(person);

        assertThat(codes(problem)).doesNotContain("verify-identity");
        assertThat(codes(person)).doesNotContain("verify-identity");
    }

    @Test
    void whatCameLongAgoAndIsClosedIsNotPointedOut() {
        var first = gateway.post("/ServiceRequest", of("Dogwood", Referrals.newNumber()))
                .referral();
        awaitTasks(first);
        gateway.db()
                .sql("update referral set received_at = now() - interval '13 months' where referral = ?::uuid")
                .param(first)
                .update();
        var whileOpen = gateway.post("/ServiceRequest", of("Dogwood", Referrals.newNumber()))
                .referral();
        awaitTasks(whileOpen);
        assertThat(codes(whileOpen)).contains("verify-identity");

        gateway.db()
                .sql(
                        "update task set status = 'completed' where referral in (?::uuid, ?::uuid) and code = 'coordination'")
                .params(first, whileOpen)
                .update();
        gateway.db()
                .sql("update referral set received_at = now() - interval '13 months' where referral = ?::uuid")
                .param(whileOpen)
                .update();
        var afterwards = gateway.post("/ServiceRequest", of("Dogwood", Referrals.newNumber()))
                .referral();
        awaitTasks(afterwards);
        assertThat(codes(afterwards)).doesNotContain("verify-identity");
    }
}
