package org.referralgateway.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Payloads made to be slow. The limit is far above what they take, so that a busy machine fails nothing. */
class HostileInputTest {

    private static final String REQUEST =
            "{\"resourceType\":\"ServiceRequest\",\"status\":\"active\",\"intent\":\"order\",\"subject\":{\"reference\":\"Patient/1\"}%s}";

    static Stream<Arguments> slow() {
        return Stream.of(
                Arguments.of("deep extensions", ",\"extension\":" + nested(25)),
                Arguments.of(
                        "many names",
                        ",\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"p\",\"name\":[{\"given\":"
                                + many(200_000, "\"x\"") + ",\"_given\":" + many(200_000, "{\"id\":\"y\"}") + "}]}]"),
                Arguments.of("many contained", ",\"contained\":[" + contained(20_000) + "]"),
                Arguments.of(
                        "many codings",
                        ",\"code\":{\"coding\":" + many(50_000, "{\"system\":\"http://example.org/s\",\"code\":\"x\"}")
                                + "}"),
                Arguments.of(
                        "long base64",
                        ",\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"p\",\"photo\":[{\"contentType\":\"image/png\",\"data\":\"A="
                                + " ".repeat(2_000_000) + "x\"}]}]"),
                Arguments.of(
                        "long narrative",
                        ",\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">"
                                + "<p a ".repeat(200_000) + "</div>\"}"),
                Arguments.of("long reference", ",\"requester\":{\"reference\":\"" + "a/".repeat(500_000) + "\"}"),
                Arguments.of("long system", ",\"identifier\":[{\"system\":\"" + "a:".repeat(500_000) + "\"}]"));
    }

    private static String nested(int depth) {
        return depth == 0
                ? "[{\"url\":\"http://example.org/x\",\"valueString\":\"x\"}]"
                : "[{\"url\":\"http://example.org/x\",\"extension\":" + nested(depth - 1) + "}]";
    }

    private static String many(int count, String what) {
        return "[" + Stream.generate(() -> what).limit(count).collect(Collectors.joining(",")) + "]";
    }

    /** Each points to the next, so that one is reached only through all before it. */
    private static String contained(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"resourceType\":\"Basic\",\"id\":\"b" + i
                        + "\",\"code\":{},\"subject\":{\"reference\":\"#b" + (i + 1) + "\"}}")
                .collect(Collectors.joining(","));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("slow")
    void theFastCheckIsNotHeldUp(String what, String members) {
        var json = REQUEST.formatted(members).getBytes(UTF_8);
        Checks.FAST.check(REQUEST.formatted("").getBytes(UTF_8));

        var verdict = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Checks.FAST.check(json));

        assertThat(verdict.faults()).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void theReferenceEndsWhenItsTimeIsOver() {
        var json = REQUEST.formatted(",\"code\":{\"text\":\"x\"}");
        var asked = new AtomicInteger();

        assertThatThrownBy(() -> Checks.REFERENCE.check(json, List.of(), () -> asked.incrementAndGet() > 2))
                .isInstanceOf(TimeIsOver.class);
        assertThat(Checks.errors(json)).isEmpty();
    }

    @Test
    void theReferenceOpensNoFile() {
        var json = REQUEST.formatted(
                ",\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"p\",\"photo\":[{\"contentType\":\"text/plain\",\"url\":\"file:pom.xml\",\"size\":1}]}],"
                        + "\"requester\":{\"reference\":\"#p\"}");

        assertThat(Checks.REFERENCE.check(json, List.of()))
                .extracting(Objection::rule)
                .noneMatch(rule -> rule.contains("SIZE_CORRECT"));
    }
}
