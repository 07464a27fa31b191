package org.referralgateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.api.access.RowScope.Work;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.audit.StoredTrail;
import org.referralgateway.api.audit.Who;
import org.referralgateway.events.Topics;
import org.referralgateway.trail.Checkpoint;
import org.referralgateway.trail.Merkle;
import org.referralgateway.trail.NoteKey;
import org.referralgateway.trail.NoteSigner;
import org.referralgateway.trail.Proofs;
import org.referralgateway.trail.SignedNote;
import org.referralgateway.trail.TrailCheck;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The trail proves itself: rows are sealed as they commit, and what was altered afterwards is found. */
@ExtendWith(InClinicScope.class)
class TrailTest {

    private static final Duration AT_MOST = Duration.ofMinutes(2);
    private final TestGateway gateway = TestGateway.shared();
    private final AuditTrail trail = gateway.bean(AuditTrail.class);
    private final NoteKey key = NoteKey.of(gateway.get("/audit/key").body());

    @Test
    void aRowIsSealedAndItsProofLeadsToASignedCheckpoint() {
        var position = write(UUID.randomUUID(), "test.proven");
        sealed(position);

        var proof = gateway.get("/audit/inclusion?position=" + position).json();
        var note = SignedNote.of(proof.get("checkpoint").asString()).orElseThrow();
        var checkpoint = note.checkpoint().orElseThrow();
        var path = proof.get("path")
                .valueStream()
                .map(hash -> HexFormat.of().parseHex(hash.asString()))
                .toList();

        assertThat(key.hasSigned(note)).isTrue();
        var leaf = Merkle.leaf(proof.get("row").asString().getBytes(UTF_8));
        assertThat(Proofs.isIncluded(leaf, proof.get("leaf").asLong(), checkpoint.size(), checkpoint.root(), path))
                .isTrue();
        assertThat(proof.get("row").asString()).contains("\"action\":\"test.proven\"");
    }

    @Test
    void aLaterCheckpointIsProvenToContinueAnEarlierOne() {
        sealed(write(UUID.randomUUID(), "test.earlier"));
        var earlier = newest();
        sealed(write(UUID.randomUUID(), "test.later"));
        var later = newest();

        var path = gateway.get("/audit/consistency?from=" + earlier.size() + "&to=" + later.size())
                .json()
                .get("path")
                .valueStream()
                .map(hash -> HexFormat.of().parseHex(hash.asString()))
                .toList();
        assertThat(later.size()).isGreaterThan(earlier.size());
        assertThat(Proofs.isConsistent(earlier.size(), earlier.root(), later.size(), later.root(), path))
                .isTrue();
    }

    @Test
    void aRowThatCommitsLateIsSealedAndOneThatWasRolledBackHoldsNothingUp() {
        var referral = UUID.randomUUID();
        newTransaction().executeWithoutResult(slow -> {
            write(referral, "test.slow");
            newTransaction().executeWithoutResult(undone -> {
                write(referral, "test.undone");
                undone.setRollbackOnly();
            });
            newTransaction().executeWithoutResult(fast -> write(referral, "test.fast"));
            await().atMost(AT_MOST).until(() -> sealedActions(referral), List.of("test.fast")::equals);
        });
        await().atMost(AT_MOST).until(() -> sealedActions(referral), List.of("test.fast", "test.slow")::equals);
    }

    @Test
    void manyWritersAtOnceLeaveOneLeafForEachRowAndNoGap() throws Exception {
        var referral = UUID.randomUUID();
        try (var writers = Executors.newFixedThreadPool(64)) {
            for (int writer = 0; writer < 64; writer++) {
                int number = writer;
                writers.submit(() -> Work.CLINIC.call(() -> {
                    for (int i = 0; i < 20; i++) {
                        boolean undone = (number + i) % 5 == 0;
                        newTransaction().executeWithoutResult(status -> {
                            write(referral, "test.parallel");
                            if (undone) {
                                status.setRollbackOnly();
                            }
                        });
                    }
                    return true;
                }));
            }
        }
        int committed = 64 * 20 * 4 / 5;
        await().atMost(AT_MOST).until(() -> sealedActions(referral).size(), size -> size == committed);
        try (var auditor = connect("referral_auditor", TestServers.AUDITOR_PASSWORD)) {
            assertThat(StoredTrail.verify(auditor, key, List.of()).findings()).isEmpty();
        }
    }

    @Test
    void everyCheckpointReachesTheTopic() {
        sealed(write(UUID.randomUUID(), "test.published"));
        var size = newest().size();
        var notes = TopicReader.read(
                Topics.AUDIT_CHECKPOINTS, all -> all.stream().anyMatch(one -> size(one.value()) >= size), AT_MOST);
        assertThat(notes).anySatisfy(one -> assertThat(size(one.value())).isGreaterThanOrEqualTo(size));
        assertThat(notes)
                .allSatisfy(one -> assertThat(key.hasSigned(note(one.value()))).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_event set outcome = 'refused' where position = (select max(position) from audit_leaf)",
                "update audit_event set at = at + interval '1 microsecond' where position = (select min(position) from audit_leaf)",
                "delete from audit_event where position = (select max(position) - 1 from audit_leaf)",
                "delete from audit_leaf where leaf = (select max(leaf) from audit_leaf)",
                "update audit_leaf set leaf = -leaf where leaf = 1",
                "update audit_leaf set position = -position where leaf = 0",
                "update audit_checkpoint set note = replace(note, '1', '2')",
            })
    void whatTheOwnerOfTheDatabaseAltersIsFound(String statement) throws SQLException {
        sealed(write(UUID.randomUUID(), "test.altered"));
        var kept = gateway.get("/audit/checkpoint").body();
        try (var owner = connect("referral_owner", TestServers.OWNER_PASSWORD);
                var sql = owner.createStatement()) {
            owner.setAutoCommit(false);
            for (var table : List.of("audit_event", "audit_leaf", "audit_checkpoint")) {
                sql.execute("alter table " + table + " disable trigger rows_stay");
            }
            assertThat(StoredTrail.check(owner, key, List.of(kept)).isIntact()).isTrue();
            assertThat(sql.executeUpdate(statement)).isPositive();
            assertThat(StoredTrail.check(owner, key, List.of(kept)).isIntact()).isFalse();
            owner.rollback();
        }
    }

    @Test
    void anOlderStateOfTheDatabaseIsFoundByTheCheckpointThatWasKept() throws SQLException {
        sealed(write(UUID.randomUUID(), "test.lost"));
        var kept = gateway.get("/audit/checkpoint").body();
        try (var owner = connect("referral_owner", TestServers.OWNER_PASSWORD);
                var sql = owner.createStatement()) {
            owner.setAutoCommit(false);
            for (var table : List.of("audit_event", "audit_leaf", "audit_checkpoint", "audit_publication")) {
                sql.execute("alter table " + table + " disable trigger rows_stay");
            }
            // As a backup from before the last checkpoint would have it: everything agrees with everything else.
            long number;
            long size;
            try (var before = sql.executeQuery(
                    "select number, size from audit_checkpoint order by number desc limit 1 offset 1")) {
                before.next();
                number = before.getLong(1);
                size = before.getLong(2);
            }
            sql.execute("delete from audit_publication where checkpoint > " + number);
            sql.execute("delete from audit_checkpoint where number > " + number);
            sql.execute("delete from audit_event where position in (select position from audit_leaf where leaf >= "
                    + size + ")");
            sql.execute("delete from audit_leaf where leaf >= " + size);

            assertThat(StoredTrail.check(owner, key, List.of()).isIntact()).isTrue();
            assertThat(StoredTrail.check(owner, key, List.of(kept)).findings())
                    .extracting(TrailCheck.Finding::kind)
                    .containsExactly(TrailCheck.Kind.SHORTER);
            owner.rollback();
        }
    }

    @Test
    void theTripwireStopsEvenTheOwner() throws SQLException {
        try (var owner = connect("referral_owner", TestServers.OWNER_PASSWORD);
                var sql = owner.createStatement()) {
            for (var statement : List.of(
                    "update audit_event set outcome = 'x'",
                    "delete from audit_leaf",
                    "truncate audit_checkpoint cascade")) {
                org.assertj.core.api.Assertions.assertThatThrownBy(() -> sql.execute(statement))
                        .hasMessageContaining("are neither changed nor removed");
            }
        }
    }

    @Test
    void aDatabaseThatIsOlderThanWhatWasPublishedIsNotSealedAnew(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("checkpoint-from-before"),
                signer("referral-gateway")
                        .sign(new Checkpoint("referral-gateway", 1_000_000_000L, Merkle.empty()))
                        .toString());
        try (var restored = TestGateway.start("--referral.audit.folder=" + folder)) {
            await().atMost(AT_MOST)
                    .until(() -> gateway.db()
                                    .sql("select count(*) from audit_event where action = 'audit.not-sealed'")
                                    .query(Long.class)
                                    .single()
                            > 0);
            assertThat(restored.bean(MeterRegistry.class)
                            .get("referral.audit.sealing")
                            .gauge()
                            .value())
                    .isZero();
            assertThat(restored.get("/readyz").status()).isEqualTo(200);
        }
    }

    @Test
    void aWitnessThatTheSettingsNameCountersigns() throws Exception {
        var witness = signer("witness.example");
        try (var other = TestGateway.start("--referral.audit.witnesses=" + witness.witness())) {
            sealed(write(UUID.randomUUID(), "test.witnessed"));
            var note = SignedNote.of(gateway.get("/audit/checkpoint").body()).orElseThrow();
            var stranger = signer("stranger.example");

            assertThat(cosign(other, note.with(stranger.cosign(note, 1)))).isEqualTo(422);
            assertThat(cosign(other, note.with(witness.cosign(note, 1)))).isEqualTo(204);
            var size = note.checkpoint().orElseThrow().size();
            assertThat(witness.witness()
                            .hasSigned(SignedNote.of(other.get("/audit/checkpoint?size=" + size)
                                            .body())
                                    .orElseThrow()))
                    .isTrue();
        }
    }

    @Test
    void theVerifierOfTheExportAgrees(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(hasPython(), "python3");
        sealed(write(UUID.randomUUID(), "test.exported \"\u00fc\""));
        var kept = Files.writeString(
                folder.resolve("kept"), gateway.get("/audit/checkpoint").body());
        var export = folder.resolve("export");
        Files.createDirectories(export);
        unzip(export);

        assertThat(python(export, kept)).isZero();
        var rows = export.resolve("rows.ndjson");
        Files.writeString(rows, Files.readString(rows).replaceFirst("success", "refused"));
        assertThat(python(export, kept)).isEqualTo(1);
    }

    private int python(Path export, Path kept) throws Exception {
        return new ProcessBuilder(
                        "python3",
                        export.resolve("verify_audit.py").toString(),
                        "--key",
                        key.toString(),
                        "--kept",
                        kept.toString(),
                        export.toString())
                .redirectErrorStream(true)
                .redirectOutput(export.resolve("said").toFile())
                .start()
                .waitFor();
    }

    private static boolean hasPython() {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (java.io.IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void unzip(Path folder) throws Exception {
        var export =
                java.net.URI.create(gateway.base() + "/audit/export").toURL().openConnection();
        export.setRequestProperty("Cookie", gateway.people().session("Kim Vale").cookie());
        try (var zip = new ZipInputStream(export.getInputStream())) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.write(folder.resolve(entry.getName()), zip.readAllBytes());
            }
        }
    }

    private static int cosign(TestGateway gateway, SignedNote note) throws Exception {
        try (var http = java.net.http.HttpClient.newHttpClient()) {
            return http.send(
                            java.net.http.HttpRequest.newBuilder(
                                            java.net.URI.create(gateway.base() + "/audit/cosignatures"))
                                    .header("Content-Type", "text/plain; charset=utf-8")
                                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString(note.toString()))
                                    .build(),
                            java.net.http.HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static NoteSigner signer(String name) throws java.io.IOException, GeneralSecurityException {
        return NoteSigner.of(
                name, name.equals("referral-gateway") ? Files.readString(TestServers.AUDIT_KEY) : NoteSigner.newKey());
    }

    private static SignedNote note(byte[] value) {
        return SignedNote.of(new String(value, UTF_8)).orElseThrow();
    }

    private static long size(byte[] value) {
        return note(value).checkpoint().orElseThrow().size();
    }

    private Checkpoint newest() {
        return SignedNote.of(gateway.get("/audit/checkpoint").body())
                .orElseThrow()
                .checkpoint()
                .orElseThrow();
    }

    private static Connection connect(String role, String password) throws SQLException {
        return DriverManager.getConnection(TestServers.instance().jdbcUrl("referral.scope=clinic"), role, password);
    }

    private long write(UUID referral, String action) {
        trail.append(new AuditEntry(
                "demo",
                Instant.now(),
                new Who(Who.Kind.SYSTEM, "test", "a \"client\"\n", null, null),
                action,
                "success",
                referral,
                null,
                null,
                Map.of("n", 1)));
        return gateway.bean(JdbcClient.class)
                .sql("select max(position) from audit_event where referral = :referral")
                .param("referral", referral)
                .query(Long.class)
                .single();
    }

    private void sealed(long position) {
        await().atMost(AT_MOST)
                .until(() -> gateway.db()
                                .sql("select count(*) from audit_leaf where position = :position")
                                .param("position", position)
                                .query(Long.class)
                                .single()
                        == 1);
    }

    private List<String> sealedActions(UUID referral) {
        return newTransaction()
                .execute(status -> gateway.db()
                        .sql("""
                                select a.action from audit_event a join audit_leaf l on l.position = a.position
                                where a.referral = :referral order by l.leaf
                                """)
                        .param("referral", referral)
                        .query(String.class)
                        .list());
    }

    private TransactionTemplate newTransaction() {
        var template = new TransactionTemplate(gateway.bean(PlatformTransactionManager.class));
        template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return template;
    }
}
