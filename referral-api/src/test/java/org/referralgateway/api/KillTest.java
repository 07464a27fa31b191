package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.referralgateway.api.audit.StoredTrail;
import org.referralgateway.trail.NoteKey;

/**
 * Kills the whole service under load, without warning. Every referral that was answered with 201 must be there afterwards,
 * with its event and its tasks, once.
 */
class KillTest {

    private static final Duration AT_MOST = Duration.ofMinutes(8);
    private static final int REFERRALS = 120;
    private static final int KILLS = 5;

    private final TestGateway gateway = TestGateway.shared();

    @Test
    void everyAcceptedReferralSurvivesAKillWithItsEventAndItsTasksOnce(@TempDir Path folder) throws Exception {
        var accepted = new ConcurrentLinkedQueue<String>();
        int port = freePort();
        var child = child(port, folder);
        try {
            await().atMost(AT_MOST).ignoreExceptions().until(() -> status(port, "/readyz") == 200);
            try (var senders = Executors.newFixedThreadPool(8)) {
                for (int i = 0; i < REFERRALS; i++) {
                    senders.submit(() -> {
                        var location = post(port);
                        if (!location.isEmpty()) {
                            accepted.add(location);
                            if (accepted.size() == REFERRALS / 2) {
                                child.destroyForcibly();
                            }
                        }
                        return null;
                    });
                }
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(accepted).hasSizeGreaterThanOrEqualTo(REFERRALS / 2);
        // The shared instance is the restart: it takes over the lanes and the partitions of the one that died.
        for (var referral : accepted) {
            assertThat(gateway.get("/fhir/ServiceRequest/" + referral).status()).isEqualTo(200);
        }
        await().atMost(AT_MOST).untilAsserted(() -> assertThat(unfinished()).isZero());
        assertThat(accepted).allSatisfy(referral -> {
            assertThat(count("outbox", "topic = 'referral.events.v1'", referral))
                    .isEqualTo(1);
            assertThat(count("audit_event", "action = 'referral.received'", referral))
                    .isEqualTo(1);
            assertThat(count("task", "code in ('coordination', 'completeness-check', 'triage')", referral))
                    .isEqualTo(3);
            assertThat(count("task", "code = 'coordination'", referral)).isEqualTo(1);
        });
        theTrailIsWhole();
    }

    /**
     * Sixty-four writers at once, and the process that they write to killed again and again, each time after another number of
     * answers. Whoever wrote last may have been told, or not; what is in the tables has its row, and the trail is one.
     */
    @Test
    void sixtyFourWritersAndManyKillsLeaveOneRowForEachChangeAndOneTrail(@TempDir Path folder) throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            var accepted = new ConcurrentLinkedQueue<String>();
            int killAfter = ThreadLocalRandom.current().nextInt(1, 200);
            int port = freePort();
            var child = child(port, folder);
            try {
                await().atMost(AT_MOST).ignoreExceptions().until(() -> status(port, "/readyz") == 200);
                try (var writers = Executors.newFixedThreadPool(64)) {
                    for (int writer = 0; writer < 64; writer++) {
                        writers.submit(() -> {
                            while (child.isAlive()) {
                                var location = post(port);
                                if (!location.isEmpty()) {
                                    accepted.add(location);
                                }
                                if (accepted.size() >= killAfter) {
                                    child.destroyForcibly();
                                }
                            }
                            return null;
                        });
                    }
                }
            } finally {
                child.destroyForcibly().waitFor();
            }
            assertThat(accepted).hasSizeGreaterThanOrEqualTo(killAfter);
            assertThat(accepted)
                    .allSatisfy(referral -> assertThat(count("audit_event", "action = 'referral.received'", referral))
                            .isEqualTo(1));
            assertThat(withoutTheirRow())
                    .as("after kill " + kill + ", at " + killAfter)
                    .isZero();
            theTrailIsWhole();
        }
    }

    /** Versions of referrals that the trail does not tell of exactly once. */
    private long withoutTheirRow() {
        return gateway.db().sql("""
                        select count(*) from referral r
                        where r.sender = 'demo'
                          and (select count(*) from audit_event a
                               where a.sender = r.sender and a.referral = r.referral and a.action = 'referral.received') <> 1
                        """).query(Long.class).single();
    }

    /** The killed instance may have been sealing. */
    private void theTrailIsWhole() throws java.sql.SQLException {
        await().atMost(AT_MOST)
                .untilAsserted(
                        () -> assertThat(gateway.db().sql("""
                        select count(*) from audit_event a
                        where a.action = 'referral.received'
                          and not exists (select from audit_leaf l where l.position = a.position)
                        """).query(Long.class).single())
                                .isZero());
        try (var auditor = java.sql.DriverManager.getConnection(
                TestServers.instance().jdbcUrl(), "referral_auditor", TestServers.AUDITOR_PASSWORD)) {
            assertThat(StoredTrail.verify(
                                    auditor,
                                    NoteKey.of(gateway.get("/audit/key").body()),
                                    List.of())
                            .findings())
                    .isEmpty();
        }
    }

    private long unfinished() {
        return gateway.db().sql("""
                        select count(*) from referral r
                        where (select count(*) from task t where t.sender = r.sender and t.referral = r.referral) = 0
                           or exists (select 1 from outbox o where o.sender = r.sender and o.referral = r.referral
                                      and o.sent_at is null)
                        """).query(Long.class).single();
    }

    private long count(String table, String condition, String referral) {
        return gateway.db()
                .sql("select count(*) from " + table + " where sender = 'demo' and referral = :referral and "
                        + condition)
                .param("referral", UUID.fromString(referral))
                .query(Long.class)
                .single();
    }

    private static Process child(int port, Path folder) throws IOException {
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ReferralApi.class.getName()));
        command.addAll(List.of(TestServers.instance().settings()));
        command.add("--server.port=" + port);
        command.add("--management.server.port=0");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("service.log").toFile())
                .start();
    }

    /** Of another instance; whoever has the same keys takes it. */
    private static String bearer() {
        return "Bearer " + TestGateway.shared().token("demo");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static int status(int port, String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .header("Authorization", bearer())
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    /** The referral's id where it was accepted; nothing where the answer did not come. */
    private static String post(int port) throws InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/fhir/ServiceRequest"))
                            .header("Content-Type", "application/fhir+json")
                            .header("Authorization", bearer())
                            .timeout(Duration.ofMinutes(2))
                            .POST(BodyPublishers.ofString(Referrals.aReferral(Referrals.newNumber())))
                            .build(),
                    BodyHandlers.discarding());
            return answer.statusCode() == 201
                    ? answer.headers()
                            .firstValue("Location")
                            .orElseThrow()
                            .replaceFirst(".*ServiceRequest/", "")
                            .replaceFirst("/_history.*", "")
                    : "";
        } catch (IOException e) {
            return "";
        }
    }
}
