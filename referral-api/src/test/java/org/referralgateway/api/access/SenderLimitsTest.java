package org.referralgateway.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.referralgateway.api.Referrals;
import org.referralgateway.api.TestGateway;
import org.referralgateway.api.TestGateway.Answer;

/** One sender that asks for too much is held back, and nobody else notices. */
class SenderLimitsTest {

    private static String[] as(TestGateway gateway, String sender) {
        return new String[] {"Authorization", "Bearer " + gateway.token(sender)};
    }

    @Test
    void tooManyRequestsASecondAreToldWhenToComeAgain() throws Exception {
        try (var gateway =
                TestGateway.start("--referral.limits.requests-per-second=2", "--referral.assessment.enabled=false")) {
            var answers = new ArrayList<Answer>();
            gateway.token("eager");
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Callable<Answer> ask = () -> gateway.get("/fhir/Task?_count=1", as(gateway, "eager"));
                for (var answer : threads.invokeAll(Collections.nCopies(12, ask))) {
                    answers.add(answer.get());
                }
            }
            var refused =
                    answers.stream().filter(answer -> answer.status() == 429).toList();

            assertThat(refused).isNotEmpty();
            assertThat(refused).allSatisfy(answer -> {
                assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
                assertThat(answer.json().at("/issue/0/code").asString()).isEqualTo("throttled");
            });
            assertThat(gateway.get("/fhir/Task?_count=1", as(gateway, "patient"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void tooManyBytesAMinuteAreHeldBack() {
        try (var gateway =
                TestGateway.start("--referral.limits.bytes-per-minute=4KB", "--referral.assessment.enabled=false")) {
            int refused = 0;
            for (int i = 0; i < 6; i++) {
                var answer = gateway.post(
                        "/ServiceRequest", Referrals.aReferral(Referrals.newNumber()), as(gateway, "talkative"));
                refused += answer.status() == 429 ? 1 : 0;
            }

            assertThat(refused).isPositive();
            assertThat(gateway.get("/fhir/Task?_count=1", as(gateway, "quiet")).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aSenderThatHoldsAllItsConnectionsLeavesThePagesTheirs() throws Exception {
        try (var gateway = TestGateway.start(
                "--spring.datasource.hikari.maximum-pool-size=8",
                "--spring.datasource.hikari.connection-timeout=8000",
                "--referral.limits.connections-for-pages=4",
                "--referral.limits.max-wait=100ms",
                "--referral.assessment.enabled=false",
                "--referral.outbox.enabled=false")) {
            gateway.token("greedy");
            try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                    var other = connection(gateway)) {
                // somebody holds what every intake needs, so that all of them hold their connection and wait
                other.setAutoCommit(false);
                try (var statement = other.createStatement()) {
                    statement.execute("lock table referral.outbox in share mode");
                }
                Callable<Integer> send = () -> gateway.post(
                                "/ServiceRequest", Referrals.aReferral(Referrals.newNumber()), as(gateway, "greedy"))
                        .status();
                var sent = new ArrayList<Future<Integer>>();
                for (int i = 0; i < 20; i++) {
                    sent.add(threads.submit(send));
                }
                org.awaitility.Awaitility.await()
                        .atMost(java.time.Duration.ofSeconds(20))
                        .until(() -> gateway.db()
                                        .sql("select count(*) from pg_locks where not granted")
                                        .query(Integer.class)
                                        .single()
                                >= 4);

                var started = System.nanoTime();
                assertThat(gateway.get("/worklist").status()).isEqualTo(200);
                assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started))
                        .isLessThan(8);

                other.rollback();
                for (var each : sent) {
                    assertThat(each.get()).isIn(201, 429, 503);
                }
            }
        }
    }

    private static Connection connection(TestGateway gateway) throws SQLException {
        var environment = gateway.context().getEnvironment();
        return DriverManager.getConnection(
                environment.getRequiredProperty("spring.datasource.url"),
                environment.getRequiredProperty("spring.datasource.username"),
                environment.getRequiredProperty("spring.datasource.password"));
    }
}
