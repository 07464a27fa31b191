package org.referralgateway.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.referralgateway.trail.AuditRow;
import org.referralgateway.trail.Checkpoint;
import org.referralgateway.trail.GrowingTree;
import org.referralgateway.trail.Merkle;
import org.referralgateway.trail.NoteSigner;

/** The offline verifier on exports, and the one in Python beside it: they say the same. */
class VerifyAuditTest {
    private static final Path PYTHON = Path.of("../../referral-api/src/main/resources/audit-kit/verify_audit.py");
    private static final String ORIGIN = "referral-gateway";
    private static final int EACH = 3;

    @TempDir
    Path folder;

    private final Random random = new Random(11);
    private final NoteSigner key = signer();

    /** What is done to an export by somebody who has only what is in the database. */
    enum Tampering {
        NONE,
        EDIT_A_ROW,
        EDIT_A_ROW_AND_ITS_HASH,
        DELETE_A_ROW,
        EMPTY_A_ROW,
        INSERT_A_ROW,
        REORDER_ROWS,
        TRUNCATE,
        COMPUTE_ANEW_WITH_ANOTHER_KEY,
        COMPUTE_ANEW_WITH_THE_STOLEN_KEY,
        CHANGE_A_CHECKPOINT
    }

    private static final class Export {
        final List<String> rows = new ArrayList<>();
        final List<String> leaves = new ArrayList<>();
        final List<Integer> sizes = new ArrayList<>();
        List<String> checkpoints = new ArrayList<>();

        void sealWith(NoteSigner signer) {
            checkpoints = new ArrayList<>();
            var tree = new GrowingTree();
            for (int i = 0; i < rows.size(); i++) {
                tree.add(Merkle.leaf(rows.get(i).getBytes(UTF_8)));
                if (sizes.contains(i + 1)) {
                    checkpoints.add(signer.sign(new Checkpoint(ORIGIN, i + 1, tree.root()))
                            .toString());
                }
            }
        }

        void hashed(int row) {
            var line = rows.get(row).getBytes(UTF_8);
            leaves.set(row, AuditRow.positionOf(line) + " " + Merkle.hex(Merkle.leaf(line)));
        }
    }

    @ParameterizedTest
    @EnumSource(Tampering.class)
    void bothVerifiersFindIt(Tampering tampering) throws Exception {
        for (int i = 0; i < EACH; i++) {
            var export = export(4 + random.nextInt(30));
            var kept = Files.writeString(folder.resolve("kept"), export.checkpoints.getLast());
            tamper(export, tampering);
            var where = write(export);

            int expected = tampering == Tampering.NONE ? 0 : 1;
            assertThat(verify("--kept", kept.toString(), "--export", where.toString()))
                    .isEqualTo(expected);
            if (hasPython()) {
                assertThat(python(kept, where)).isEqualTo(expected);
            }
        }
    }

    @Test
    void aZipIsReadAsWell() throws IOException {
        var where = write(export(9));
        var zip = folder.resolve("export.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (var name : List.of("checkpoints.txt", "rows.ndjson", "leaves.txt")) {
                out.putNextEntry(new ZipEntry(name));
                out.write(Files.readAllBytes(where.resolve(name)));
            }
        }
        assertThat(verify("--export", zip.toString())).isZero();
    }

    @Test
    void itIsSaidWhenThereIsNothingToLookAt() {
        assertThat(verify("--export", folder.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(run("--export", "x")).isEqualTo(2);
        assertThat(run("--key", "nonsense+x", "--export", "x")).isEqualTo(2);
        assertThat(run("--help")).isZero();
    }

    private void tamper(Export export, Tampering tampering) {
        int at = random.nextInt(export.rows.size());
        switch (tampering) {
            case NONE -> {}
            case EDIT_A_ROW -> edit(export, at);
            case EDIT_A_ROW_AND_ITS_HASH -> {
                edit(export, at);
                export.hashed(at);
            }
            case DELETE_A_ROW -> {
                export.rows.remove(at);
                export.leaves.remove(at);
            }
            case EMPTY_A_ROW -> export.rows.set(at, "");
            case INSERT_A_ROW -> {
                export.rows.add(at, row(999).text());
                export.leaves.add(at, "");
                export.hashed(at);
            }
            case REORDER_ROWS -> {
                int other = (at + 1) % export.rows.size();
                Collections.swap(export.rows, at, other);
                Collections.swap(export.leaves, at, other);
            }
            case TRUNCATE -> {
                export.rows.subList(at, export.rows.size()).clear();
                export.leaves.subList(at, export.leaves.size()).clear();
                export.sizes.removeIf(size -> size > at);
                export.sealWith(key);
            }
            case COMPUTE_ANEW_WITH_ANOTHER_KEY -> anew(export, at, signer());
            case COMPUTE_ANEW_WITH_THE_STOLEN_KEY -> anew(export, at, key);
            case CHANGE_A_CHECKPOINT -> {
                int one = random.nextInt(export.checkpoints.size());
                export.checkpoints.set(one, export.checkpoints.get(one).replaceFirst("(?m)^([0-9]+)$", "1$1"));
            }
        }
    }

    private void anew(Export export, int at, NoteSigner signer) {
        edit(export, at);
        export.hashed(at);
        export.sealWith(signer);
    }

    private static void edit(Export export, int at) {
        export.rows.set(at, export.rows.get(at).replace("\"success\"", "\"refused\""));
    }

    private Export export(int rows) {
        var export = new Export();
        for (int i = 0; i < rows; i++) {
            export.rows.add(row(i + 1).text());
            export.leaves.add("");
            export.hashed(i);
        }
        export.sizes.addAll(List.of(1, rows / 2, rows)); // the first, one in between, all
        export.sealWith(key);
        return export;
    }

    private AuditRow row(long position) {
        return new AuditRow(
                position,
                Instant.parse("2026-11-28T15:04:05Z").plusSeconds(position),
                "north",
                "person:Zo\u00eb",
                null,
                null,
                null,
                null,
                "referral.viewed",
                "success",
                new UUID(random.nextLong(), random.nextLong()),
                1,
                null,
                "{\"a\": \"\u00fc\"}");
    }

    private Path write(Export export) throws IOException {
        var where = Files.createDirectories(folder.resolve(UUID.randomUUID().toString()));
        Files.writeString(where.resolve("checkpoints.txt"), String.join("", export.checkpoints));
        Files.writeString(where.resolve("rows.ndjson"), lines(export.rows));
        Files.writeString(where.resolve("leaves.txt"), lines(export.leaves));
        return where;
    }

    private static String lines(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private int verify(String... more) {
        var arguments = new ArrayList<>(List.of("--key", key.verifier().toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private static int run(String... arguments) {
        var silent = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        return VerifyAudit.run(List.of(arguments), silent, silent);
    }

    private int python(Path kept, Path where) throws Exception {
        return new ProcessBuilder(
                        "python3",
                        PYTHON.toString(),
                        "--key",
                        key.verifier().toString(),
                        "--kept",
                        kept.toString(),
                        where.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start()
                .waitFor();
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            Assumptions.abort("There is no python3 to compare with.");
            return false;
        }
    }

    private static NoteSigner signer() {
        try {
            return NoteSigner.of(ORIGIN, NoteSigner.newKey());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
