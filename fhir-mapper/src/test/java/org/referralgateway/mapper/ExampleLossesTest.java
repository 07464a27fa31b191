package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.referralgateway.mapper.Referral.How;

/**
 * How much of the real files becomes part of a referral, by dialect. To accept a change run with {@code
 * -Dexamples.record=true} and read the difference: what is dropped must be a list that can be defended.
 */
class ExampleLossesTest {

    private static final Path FOLDER = Path.of(System.getProperty("examples.folder", "../../shared/examples"));
    private static final Path EXPECTED = Path.of("src/test/resources/example-losses.txt");

    private static final Path REASONS = Path.of("../deploy/docs/not-carried.md");

    private record Count(int referrals, int fields, int assumed, List<String> dropped) {
        Count plus(One one) {
            var referral = one.referral();
            var all = new ArrayList<>(dropped);
            referral.dropped().stream().map(path -> element(path, one.types())).forEach(all::add);
            int assumptions = (int) referral.lineage().stream()
                    .filter(line -> line.how() == How.ASSUMED)
                    .count();
            return new Count(referrals + 1, fields + referral.lineage().size(), assumed + assumptions, all);
        }
    }

    /**
     * @param types of the resources, by their paths
     */
    private record One(Referral referral, Map<String, String> types) {}

    /** {@code Encounter.class} out of {@code Bundle.entry[4].resource.class[0]}: the same element of all files. */
    private static String element(String path, Map<String, String> types) {
        return types.entrySet().stream()
                .filter(type -> path.startsWith(type.getKey() + "."))
                .max(Map.Entry.comparingByKey())
                .map(type -> type.getValue() + path.substring(type.getKey().length()))
                .orElse(path)
                .replaceAll("\\[\\d+\\]", "");
    }

    @Test
    void everyDialectLosesWhatIsWrittenDownAndNoMore() throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(FOLDER),
                "SKIPPED: there is no folder " + FOLDER + "; set -Dexamples.folder to one with real FHIR files");
        var counts = new TreeMap<String, Count>();
        try (var files = Files.walk(FOLDER)) {
            files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .flatMap(file -> referrals(Payloads.bytes(file)).stream())
                    .forEach(one -> counts.put(
                            one.referral().dialect(),
                            counts.getOrDefault(one.referral().dialect(), new Count(0, 0, 0, List.of()))
                                    .plus(one)));
        }
        var lines = lines(counts);
        if (Boolean.getBoolean("examples.record")) {
            Files.write(EXPECTED, lines);
        }
        assertThat(lines).isEqualTo(Files.readAllLines(EXPECTED));
    }

    /** Without the examples too: what they lose is written down. */
    @Test
    void everythingThatIsLostHasAReasonInTheDocumentation() throws IOException {
        var reasons = reasons();
        var lost = Files.readAllLines(EXPECTED).stream()
                .filter(line -> line.startsWith("    "))
                .map(line -> line.replaceFirst(".* x ", ""))
                .distinct()
                .toList();

        assertThat(lost).hasSizeGreaterThan(50);
        assertThat(lost)
                .allSatisfy(element -> assertThat(reasons)
                        .as(element + " is dropped, and deploy/docs/not-carried.md does not say why")
                        .containsAnyOf(element, element.replaceFirst("\\..*", ".*")));
    }

    /** What stands in the first column of the tables: {@code Patient.telecom}, {@code Account.*}. */
    private static Set<String> reasons() throws IOException {
        var elements = new HashSet<String>();
        for (var line : Files.readAllLines(REASONS)) {
            var cells = line.split("\\|", -1);
            if (line.startsWith("| `") && !cells[2].isBlank()) {
                elements.addAll(List.of(cells[1].replace("`", "").strip().split(" ")));
            }
        }
        return elements;
    }

    private static List<One> referrals(byte[] body) {
        var checked = Payloads.CHECK.check(body);
        if (!checked.isAcceptable()) {
            return List.of();
        }
        var submission = Payloads.submission(body, checked);
        var types = submission.resources().stream().collect(Collectors.toMap(SentResource::path, SentResource::type));
        return submission.isAcceptable()
                ? Payloads.mapped(submission).stream()
                        .filter(Mapped.Complete.class::isInstance)
                        .map(mapped -> new One(((Mapped.Complete) mapped).referral(), types))
                        .toList()
                : List.of();
    }

    private static List<String> lines(Map<String, Count> counts) {
        var lines = new ArrayList<String>();
        counts.forEach((dialect, count) -> {
            lines.add("%s: %d referrals, %d fields with a source, %d assumed, %d elements dropped"
                    .formatted(
                            dialect,
                            count.referrals(),
                            count.fields(),
                            count.assumed(),
                            count.dropped().size()));
            count.dropped().stream()
                    .collect(Collectors.groupingBy(element -> element, TreeMap::new, Collectors.counting()))
                    .forEach((element, times) -> lines.add("    " + times + " x " + element));
        });
        return lines;
    }
}
