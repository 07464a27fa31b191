package org.referralgateway.trail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A trail that somebody made up ends in a report, and in a good one only where it is the one that was sealed. */
class TrailFuzzTest {

    private static final NoteSigner KEY = SignedNoteTest.signer("trail.example");
    private static final Exported GOOD = good();

    private record Exported(List<String> notes, List<String> rows, List<String> leaves) {}

    private static Exported good() {
        var tree = new GrowingTree();
        var exported = new Exported(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 1; i <= 6; i++) {
            var row = new AuditRow(
                    i,
                    Instant.ofEpochSecond(i),
                    "demo",
                    "sender:demo",
                    null,
                    null,
                    null,
                    null,
                    "fhir.create",
                    "accepted",
                    new UUID(0, i),
                    1,
                    "r" + i,
                    "{}");
            tree.add(Merkle.leaf(row.line()));
            exported.rows().add(row.text());
            exported.leaves().add(i + " " + Merkle.hex(Merkle.leaf(row.line())));
        }
        exported.notes()
                .add(KEY.sign(new Checkpoint("trail.example", 6, tree.root())).toString());
        return exported;
    }

    static Stream<byte[]> notes() {
        var good = GOOD.notes().getFirst();
        return Stream.of(
                        "",
                        good,
                        good + "\n" + good,
                        good.replace("6", "99999999999999999999"),
                        good.replace("\n", "\r\n"),
                        "\n\n\u2014 x AAAAAAAA\n",
                        good + "\u2014 y AAAAAAAA\n".repeat(101))
                .map(text -> text.getBytes(UTF_8));
    }

    /** Notes as files and doors get them. */
    @MethodSource("notes")
    @FuzzTest
    void aNoteIsReadOrIsNone(byte[] input) {
        var text = new String(input, UTF_8);
        SignedNote.split(text).forEach(SignedNote::of);
        SignedNote.of(text).ifPresent(note -> {
            // What was taken for a note is the same one when it is written and read again.
            var again = SignedNote.of(note.toString()).orElseThrow();
            assertThat(again.text()).isEqualTo(note.text());
            assertThat(again.signatures()).hasSameSizeAs(note.signatures());
            note.checkpoint()
                    .ifPresent(checkpoint -> assertThat(checkpoint.size()).isNotNegative());
        });
    }

    static Stream<byte[]> changes() {
        return Stream.of(
                new byte[0],
                new byte[] {0, 0, 0},
                new byte[] {0, 0, 1},
                new byte[] {0, 12, '7'},
                new byte[] {1, 0, '9'},
                new byte[] {0, 0, 0, 1, 0, 0},
                new byte[] {2, 0, 0},
                new byte[] {2, 20, 'x', 0, 30, 'y'},
                new byte[] {3, 5, '0', 4, 1, 2});
    }

    /**
     * @param changes to the good trail: which line, where in it, what byte; three bytes each
     */
    @MethodSource("changes")
    @FuzzTest
    void anAlteredTrailIsFoundOut(byte[] changes) {
        var notes = new ArrayList<>(GOOD.notes());
        var rows = new ArrayList<>(GOOD.rows());
        var leaves = new ArrayList<>(GOOD.leaves());
        var lists = List.of(rows, leaves, notes);
        for (int i = 0; i + 2 < changes.length && i < 60; i += 3) {
            var list = lists.get((changes[i] & 255) % lists.size());
            if (list.isEmpty()) {
                continue;
            }
            int line = ((changes[i] & 255) / lists.size()) % list.size();
            switch (changes[i + 2]) {
                case 0 -> list.remove(line);
                case 1 -> list.add(list.get(line));
                case 2 -> list.add(line, list.get(list.size() - 1));
                default -> list.set(line, changed(list.get(line), changes[i + 1] & 255, changes[i + 2]));
            }
        }
        var report = verify(notes, rows, leaves);

        boolean same = rows.equals(GOOD.rows()) && leaves.equals(GOOD.leaves());
        assertThat(report.isIntact() && !same)
                .as("an altered trail was called good")
                .isFalse();
    }

    private static String changed(String line, int at, byte to) {
        var bytes = line.getBytes(UTF_8);
        bytes[at % bytes.length] = to;
        return new String(bytes, UTF_8);
    }

    private static TrailCheck.Report verify(List<String> notes, List<String> rows, List<String> leaves) {
        var check = new TrailCheck(KEY.verifier());
        notes.forEach(check::checkpoint);
        check.kept(GOOD.notes().getFirst());
        for (int i = 0; i < Math.max(rows.size(), leaves.size()); i++) {
            var words = i < leaves.size() ? leaves.get(i).split(" ", -1) : new String[] {"-1", ""};
            check.leaf(
                    i,
                    number(words[0]),
                    hash(words[words.length - 1]),
                    i < rows.size() ? rows.get(i).getBytes(UTF_8) : null);
        }
        return check.finish();
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    }

    private static byte[] hash(String hex) {
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    static Stream<byte[]> proofs() {
        return Stream.of(
                new byte[] {0, 1, 0, 0},
                new byte[] {1, 1, 0, 0},
                new byte[] {0, 0, 0, 0},
                new byte[] {3, 7, 1, 2, 3},
                new byte[] {127, 127, 0, 0},
                Arrays.copyOf(new byte[] {4, 9, 'x'}, 200));
    }

    /** Proofs that somebody made up lead nowhere. */
    @MethodSource("proofs")
    @FuzzTest
    void aProofOfNothingProvesNothing(byte[] input) {
        if (input.length < 4) {
            return;
        }
        long first = input[0];
        long second = input[1];
        var root = Arrays.copyOf(input, Merkle.HASH_BYTES);
        var path = new ArrayList<byte[]>();
        for (int from = 2; from < input.length; from += Merkle.HASH_BYTES) {
            path.add(Arrays.copyOfRange(input, from, Math.min(input.length, from + Merkle.HASH_BYTES)));
        }
        var leaf = Merkle.leaf(input);
        assertThat(Proofs.isIncluded(leaf, first, second, root, path)).isFalse();
        if (first != second) {
            assertThat(Proofs.isConsistent(first, root, second, leaf, path)).isFalse();
        }
    }
}
