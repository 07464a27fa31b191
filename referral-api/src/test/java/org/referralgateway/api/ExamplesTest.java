package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Real files that others wrote, sent as their senders would send them. What becomes of each is in
 * {@code src/test/resources/examples-expected.txt}; run with {@code -Dexamples.record=true} to write it anew on purpose.
 */
class ExamplesTest {

    private static final Path FOLDER = Path.of(System.getProperty("examples.folder", "../../shared/examples"));
    private static final Path EXPECTED = Path.of("src/test/resources/examples-expected.txt");

    private final TestGateway gateway = TestGateway.shared();
    private final List<Long> millis = new ArrayList<>();

    @Test
    void everyRealFileGetsTheAnswerThatWeDefend() throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(FOLDER),
                "SKIPPED: there is no folder " + FOLDER + "; set -Dexamples.folder to one with real FHIR files");
        var lines = new ArrayList<String>();
        try (var files = Files.walk(FOLDER)) {
            for (var file : files.filter(path -> path.toString().matches(".*\\.(json|xml)"))
                    .sorted()
                    .toList()) {
                lines.add(FOLDER.relativize(file).toString().replace('\\', '/') + " | "
                        + outcome(Files.readAllBytes(file), file.toString().endsWith(".xml")));
            }
        }
        if (Boolean.getBoolean("examples.record")) {
            Files.write(EXPECTED, lines);
        }
        System.out.printf(
                "examples: %d files, the slowest answers after %s ms%n",
                lines.size(),
                millis.stream().sorted(Comparator.reverseOrder()).limit(5).toList());
        assertThat(lines).isEqualTo(Files.readAllLines(EXPECTED));
    }

    private String outcome(byte[] body, boolean isXml) {
        var type = "application/fhir+" + (isXml ? "xml" : "json");
        long began = System.nanoTime();
        var answer = gateway.post(path(body, isXml), body, "Content-Type", type, "Accept", "application/fhir+json");
        millis.add(Duration.ofNanos(System.nanoTime() - began).toMillis());
        assertThat(answer.status()).isLessThan(502).isNotEqualTo(500);
        return answer.status() + " | " + firstIssue(answer.json());
    }

    private static String path(byte[] body, boolean isXml) {
        var type = isXml ? rootElement(body) : resourceType(body);
        return type.equals("Bundle") ? "" : "/" + type;
    }

    private static String resourceType(byte[] body) {
        try {
            return new JsonMapper().readTree(body).path("resourceType").asString("ServiceRequest");
        } catch (JacksonException e) {
            return "ServiceRequest";
        }
    }

    private static String rootElement(byte[] body) {
        return new String(body, StandardCharsets.UTF_8).replaceFirst("(?s)^.*?<([A-Z][A-Za-z]+).*$", "$1");
    }

    private static String firstIssue(JsonNode answer) {
        var issues = answer.path("issue");
        for (var entry : answer.path("entry")) {
            if (issues.isMissingNode() && !entry.at("/response/outcome/issue").isMissingNode()) {
                issues = entry.at("/response/outcome/issue");
            }
        }
        var first = issues.path(0);
        return first.path("severity").asString("-") + " "
                + first.at("/details/coding/0/code").asString(first.path("code").asString("-")) + " "
                + first.at("/expression/0").asString("");
    }
}
