package org.referralgateway.mapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken in thousands of ways, the same ways each time: a payload is refused or understood, but never makes us throw. */
class PayloadMutationTest {

    private static final int EACH = 700;

    private static final String[] TOKENS = {
        "{",
        "}",
        "[",
        "]",
        "null",
        "true",
        "0",
        "-1",
        "1e9",
        "1e999999999",
        "\"\"",
        "\"x\"",
        "{}",
        "[]",
        "[null]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u0000",
        "\\ud800",
        "\"resourceType\"",
        "\"Patient\"",
        "\"#\"",
        "\"reference\"",
        "\uFEFF",
        "\0"
    };

    static Stream<Path> samples() {
        return Stream.of(
                Path.of("../deploy/samples/02-post-herpetic-neuralgia.json"),
                Path.of("../deploy/samples/04-phantom-limb-nightly-batch.json"),
                Path.of("../deploy/samples/09-nerve-injury-after-hernia-repair.json"),
                Path.of("../deploy/samples/11-logical-references-only.json"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void noMutationOfAPayloadMakesUsThrow(Path sample) {
        var original = Payloads.bytes(sample);
        int[] accepted = {0};

        IntStream.range(0, EACH).forEach(seed -> {
            var mutated = mutated(original, new Random(seed));
            assertThatCode(() -> accepted[0] += understood(mutated) ? 1 : 0)
                    .as("seed %d of %s", seed, sample.getFileName())
                    .doesNotThrowAnyException();
        });

        assertThat(accepted[0]).as("accepted").isBetween(1, EACH - 1);
    }

    private static boolean understood(byte[] body) {
        var checked = Payloads.CHECK.check(body);
        assertThat(Outcomes.of(checked.problems()).getIssue()).isNotEmpty();
        if (!checked.isAcceptable()) {
            assertThat(Outcomes.refusalStatus(checked.problems())).isGreaterThanOrEqualTo(400);
            return false;
        }
        assertThat(ContentHash.of(body)).hasSize(64);
        var submission = Payloads.submission(body, checked);
        if (!submission.isAcceptable()) {
            return false;
        }
        return Payloads.mapped(submission).stream().allMatch(Mapped.Complete.class::isInstance);
    }

    private static byte[] mutated(byte[] original, Random random) {
        var body = original.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            body = switch (random.nextInt(6)) {
                case 0 -> flipped(body, random);
                case 1 -> java.util.Arrays.copyOf(body, random.nextInt(body.length + 1));
                case 2 -> replaced(body, random, TOKENS[random.nextInt(TOKENS.length)]);
                default -> valueReplaced(body, random);
            };
            if (body.length == 0) {
                return body;
            }
        }
        return body;
    }

    private static byte[] flipped(byte[] body, Random random) {
        body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
        return body;
    }

    private static byte[] replaced(byte[] body, Random random, String token) {
        int from = random.nextInt(body.length);
        int to = Math.min(body.length, from + random.nextInt(4));
        return joined(body, from, token, to);
    }

    /** Puts another JSON value in the place of one, so that the text stays well-formed and gets far. */
    private static byte[] valueReplaced(byte[] body, Random random) {
        var text = new String(body, UTF_8);
        int colon = text.indexOf(": ", random.nextInt(text.length()));
        if (colon < 0) {
            return body;
        }
        int from = colon + 2;
        int end = text.indexOf('\n', from);
        if (end < 0 || from >= end || "[{".indexOf(text.charAt(from)) >= 0) {
            return body;
        }
        boolean comma = text.charAt(end - 1) == ',';
        var values = new String[] {
            "null",
            "true",
            "7",
            "-0.0",
            "1e100",
            "\"x\"",
            "\"#x\"",
            "\"Patient/x\"",
            "\"2026-02-31\"",
            "{}",
            "[]",
            "[\"x\"]",
            "{\"extension\": [{\"url\": \"urn:x\"}]}",
            "{\"reference\": \"#\"}",
            "[{\"resourceType\": \"Patient\"}]"
        };
        return (text.substring(0, from)
                        + values[random.nextInt(values.length)]
                        + (comma ? "," : "")
                        + text.substring(end))
                .getBytes(UTF_8);
    }

    private static byte[] joined(byte[] body, int from, String token, int to) {
        var inserted = token.getBytes(UTF_8);
        var joined = new byte[from + inserted.length + body.length - to];
        System.arraycopy(body, 0, joined, 0, from);
        System.arraycopy(inserted, 0, joined, from, inserted.length);
        System.arraycopy(body, to, joined, from + inserted.length, body.length - to);
        return joined;
    }
}
