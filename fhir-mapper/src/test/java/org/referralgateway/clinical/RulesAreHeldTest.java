package org.referralgateway.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.referralgateway.clinical.tables.ClinicalTables;

/** No rule without a test that is named after it and a source that it rests on; no number of the policy that nobody tries. */
class RulesAreHeldTest {

    private static final Path RULES = Path.of("src/main/java/org/referralgateway/clinical");
    private static final Path TESTS = Path.of("src/test/java/org/referralgateway/clinical");
    private static final Path TABLES = Path.of("src/main/resources/clinical");
    private static final Pattern NUMBER = Pattern.compile(
            "static final (?:int|long|double|BigDecimal) (\\w+) = (?:BigDecimal\\.valueOf\\(|new BigDecimal\\(\"?)?\\d");

    /** Rule classes; those that only put others together have nothing of their own to test. */
    static List<String> ruleClasses() throws IOException {
        try (var files = Files.list(RULES)) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> name.endsWith("Rules") || name.equals("ScreeningLimits"))
                    .filter(name -> !List.of("ClinicalRules", "EvidenceRules").contains(name))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("ruleClasses")
    void eachRuleHasATestNamedAfterItAndASource(String rule) throws IOException {
        assertThat(TESTS.resolve(rule + "Test.java")).isRegularFile();
        assertThat(Files.readString(RULES.resolve(rule + ".java"))).contains("Source: ");
    }

    static Stream<List<String>> named() {
        return Stream.of(
                        PolicyFile.LIMITS.stream().map(name -> List.of("LimitsAreDataTest", name)),
                        PolicyFile.ITEMS.stream().map(name -> List.of("CompletenessRulesTest", name)),
                        PolicyFile.JOURNEY.stream().map(name -> List.of("MaintenanceWindowTest", name)),
                        ClinicalPolicy.shipped().triage().stream().map(rule -> List.of("TriageRulesTest", rule.name())),
                        ClinicalPolicy.shipped().resistance().all().stream()
                                .map(profile -> List.of("ResistanceRulesTest ResistanceProfilesTest", profile.name())),
                        ClinicalTables.shipped().screening().items().stream()
                                .map(item -> List.of("ScreeningRulesTest ScreeningLimitsTest", item)),
                        ClinicalTables.shipped().redFlags().names().stream()
                                .map(flag -> List.of("RedFlagRulesTest", flag)))
                .flatMap(all -> all);
    }

    /** By the name of a test, or by the name that it tries: {@code early-crps} is in {@code earlyCrps} and in its own quotes. */
    @Test
    void eachRuleOfTheDataIsTriedByName() throws IOException {
        var untried = new TreeSet<String>();
        for (var one : named().toList()) {
            var text = new StringBuilder();
            for (var test : one.getFirst().split(" ")) {
                text.append(Files.readString(TESTS.resolve(test + ".java")));
            }
            var name = one.getLast();
            var plain = text.toString().toLowerCase(Locale.ROOT);
            if (!plain.contains(name) && !plain.contains(name.replace("-", ""))) {
                untried.add(name + " in " + one.getFirst());
            }
        }
        assertThat(untried).isEmpty();
    }

    /** What a clinic may want to change is in its files; left are the numbers of the language and of the calendar. */
    @Test
    void noThresholdIsWrittenIntoARule() throws IOException {
        var numbers = new ArrayList<String>();
        try (var files = Files.list(RULES)) {
            for (var file : files.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                var found = NUMBER.matcher(Files.readString(file));
                while (found.find()) {
                    numbers.add(file.getFileName().toString().replace(".java", "") + "." + found.group(1));
                }
            }
        }
        assertThat(numbers)
                .containsExactly(
                        "Answers.FEW_WORDS", // of an answer
                        "Readings.HAIR", // more than "> 200" is
                        "Spans.LIFE_LONG",
                        "Spans.LONGEST",
                        "TrialText.WORDS_BETWEEN", // of a sentence
                        "TrialText.HUNDRED"); // percent
    }

    @Test
    void everyRowOfEveryTableNamesWhereItIsFrom() throws IOException {
        var without = new ArrayList<String>();
        try (var files = Files.list(TABLES)) {
            for (var file : files.filter(path -> path.toString().endsWith(".csv"))
                    .sorted()
                    .toList()) {
                try (var csv = de.siegmar.fastcsv.reader.CsvReader.builder().ofNamedCsvRecord(file)) {
                    for (var row : csv) {
                        boolean named = Stream.of("verified", "source", "citation", "reason")
                                .anyMatch(column -> row.findField(column)
                                        .filter(value -> !value.isBlank())
                                        .isPresent());
                        if (!named) {
                            without.add(file.getFileName() + ", line " + row.getStartingLineNumber());
                        }
                    }
                }
            }
        }
        assertThat(without).isEmpty();
    }
}
