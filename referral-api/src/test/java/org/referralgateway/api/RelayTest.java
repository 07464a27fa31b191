package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.referralgateway.api.outbox.Outbox;
import org.referralgateway.events.ReferralEvent;
import org.referralgateway.events.Topics;
import org.referralgateway.events.TriageOutcome;
import org.springframework.transaction.support.TransactionTemplate;

/** Committed events reach the broker, in order, whatever happens in between. */
@ExtendWith(InClinicScope.class)
class RelayTest {

    private static final Duration AT_MOST = Duration.ofMinutes(5);

    private final TestGateway gateway = TestGateway.shared();

    @Test
    void intakeGoesOnWithoutABrokerAndTheBacklogDrainsInOrder() throws Exception {
        Assumptions.assumeFalse(
                TestServers.inContainers(), "SKIPPED: stopping the broker is tried with the embedded one only");
        var kafka = TestServers.instance().kafka();
        var before = gateway.post("/ServiceRequest", Referrals.aReferral(Referrals.newNumber()))
                .referral();
        sent(before);
        kafka.stop();
        var referrals = new ArrayList<String>();
        try {
            for (var answer : sendInParallel(60)) {
                assertThat(answer.status()).isEqualTo(201);
                referrals.add(answer.referral());
            }
            referrals.forEach(this::decide);
            assertThat(gateway.get("/readyz").status()).isEqualTo(200);
        } finally {
            kafka.startAgain();
        }
        referrals.forEach(this::sent);
        var records = TopicReader.read(
                Topics.REFERRAL_EVENTS,
                all -> referrals.stream()
                        .allMatch(referral -> TopicReader.of(all, referral).size() >= 2),
                AT_MOST);
        for (var referral : referrals) {
            var sequences = TopicReader.of(records, referral).stream()
                    .map(record -> TopicReader.header(record, "ce_sequence"))
                    .distinct()
                    .toList();
            assertThat(sequences).containsExactly("000000000001", "000000000002");
        }
    }

    @Test
    void aTransactionThatCommitsLateIsNotSkipped() {
        var late = gateway.post("/ServiceRequest", Referrals.aReferral(Referrals.newNumber()))
                .referral();
        var others = new ArrayList<String>();
        gateway.bean(TransactionTemplate.class).executeWithoutResult(status -> {
            append(late);
            for (int i = 0; i < 5; i++) {
                others.add(gateway.post("/ServiceRequest", Referrals.aReferral(Referrals.newNumber()))
                        .referral());
            }
            others.forEach(this::sent);
        });
        sent(late);
        assertThat(unsent(late)).isZero();
    }

    @Test
    void aSecondInstanceTakesOverWhenTheFirstIsGone() {
        try (var second = TestGateway.start("--referral.assessment.enabled=false")) {
            var referral = second.post("/ServiceRequest", Referrals.aReferral(Referrals.newNumber()))
                    .referral();
            sent(referral);
        }
        var after = gateway.post("/ServiceRequest", Referrals.aReferral(Referrals.newNumber()))
                .referral();
        sent(after);
    }

    @Test
    void anEventThatIsSentAgainHasNoSecondEffect() {
        var referral = gateway.post("/ServiceRequest", Referrals.aReferral(Referrals.newNumber()))
                .referral();
        int opened = tasks(referral);
        gateway.db()
                .sql("update outbox set sent_at = null where referral = :referral")
                .param("referral", UUID.fromString(referral))
                .update();
        sent(referral);
        TopicReader.read(
                Topics.REFERRAL_EVENTS, all -> TopicReader.of(all, referral).size() >= 2, Duration.ofSeconds(30));
        var later = gateway.post("/ServiceRequest", Referrals.aReferral(Referrals.newNumber()))
                .referral();
        tasks(later);
        assertThat(tasks(referral)).isEqualTo(opened);
    }

    /** How many there are once there are any: one event opens all of its tasks at once. */
    private int tasks(String referral) {
        return await().atMost(AT_MOST)
                .until(
                        () -> gateway.get("/fhir/Task?focus=ServiceRequest/" + referral)
                                .json()
                                .path("total")
                                .asInt(),
                        number -> number >= 3);
    }

    private List<TestGateway.Answer> sendInParallel(int number) throws Exception {
        var answers = new ArrayList<Future<TestGateway.Answer>>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < number; i++) {
                Callable<TestGateway.Answer> send =
                        () -> gateway.post("/ServiceRequest", Referrals.aReferral(Referrals.newNumber()));
                answers.add(threads.submit(send));
            }
        }
        var done = new ArrayList<TestGateway.Answer>();
        for (var answer : answers) {
            done.add(answer.get());
        }
        return done;
    }

    private void decide(String referral) {
        gateway.bean(TransactionTemplate.class).executeWithoutResult(status -> append(referral));
    }

    private void append(String referral) {
        gateway.bean(Outbox.class)
                .append(
                        "demo",
                        UUID.fromString(referral),
                        new ReferralEvent.TriageDecided(TriageOutcome.ACCEPTED, null),
                        null);
    }

    private void sent(String referral) {
        await().atMost(AT_MOST).untilAsserted(() -> assertThat(unsent(referral)).isZero());
    }

    private long unsent(String referral) {
        var params = new HashMap<String, Object>();
        params.put("referral", UUID.fromString(referral));
        return gateway.db()
                .sql("select count(*) from outbox where referral = :referral and sent_at is null")
                .params(params)
                .query(Long.class)
                .single();
    }
}
