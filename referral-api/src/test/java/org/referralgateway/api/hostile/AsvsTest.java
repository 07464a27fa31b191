package org.referralgateway.api.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code deploy/docs/asvs.md} answers every requirement, and each test and file that it names is there. */
class AsvsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DOCUMENT = ROOT.resolve("deploy/docs/asvs.md");
    private static final Pattern ROW =
            Pattern.compile("\\| ([0-9]+\\.[0-9]+\\.[0-9]+) \\| ([12]) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z0-9]+|[a-z-]+\\.(?:xml|yaml))`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([a-z-]+\\.md)(?:#([a-z-]+))?\\)");

    private record Row(String number, int level, String status, String evidence) {}

    private static List<Row> rows() throws IOException {
        return ROW.matcher(Files.readString(DOCUMENT))
                .results()
                .map(row -> new Row(row.group(1), Integer.parseInt(row.group(2)), row.group(4), row.group(5)))
                .toList();
    }

    /** What there is below the project's sources, by name without path; classes without their ending. */
    private static Set<String> files() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.map(file -> ROOT.relativize(file).toString())
                    .filter(name -> name.contains("src/") || !name.contains("/"))
                    .filter(name -> !name.contains("target/"))
                    .map(name -> Path.of(name).getFileName().toString().replaceFirst("\\.java$", ""))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void answersEveryRequirementOfLevelsOneAndTwo() throws IOException {
        assertThat(rows()).extracting(Row::number).doesNotHaveDuplicates();
        assertThat(rows().stream().filter(row -> row.level() == 1)).hasSize(70);
        assertThat(rows().stream().filter(row -> row.level() == 2)).hasSize(183);
        assertThat(rows()).extracting(Row::status).containsOnly("met", "not applicable", "**not met**");
    }

    @Test
    void namesOnlyWhatIsThere() throws IOException {
        var files = files();
        var missing = new TreeSet<String>();
        for (var row : rows()) {
            NAMED.matcher(row.evidence())
                    .results()
                    .map(name -> name.group(1))
                    .filter(name -> name.length() > 3 && !files.contains(name))
                    .filter(name -> !name.equals("Secure") && !name.equals("Lax"))
                    .forEach(name -> missing.add(row.number() + " " + name));
            for (var link : LINK.matcher(row.evidence()).results().toList()) {
                var document = DOCUMENT.resolveSibling(link.group(1));
                if (!Files.exists(document)
                        || (link.group(2) != null && !headings(document).contains(link.group(2)))) {
                    missing.add(row.number() + " " + link.group());
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static Set<String> headings(Path document) throws IOException {
        return Files.readAllLines(document).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(java.util.Locale.ROOT)
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** A requirement is met because of something, not because we say so. */
    @Test
    void givesEvidenceForWhatIsMet() throws IOException {
        assertThat(rows())
                .filteredOn(row -> row.status().equals("met"))
                .allSatisfy(row -> assertThat(row.evidence()).as(row.number()).hasSizeGreaterThan(8));
        assertThat(rows())
                .filteredOn(row -> !row.status().equals("met"))
                .allSatisfy(row -> assertThat(row.evidence()).as(row.number()).isNotBlank());
    }
}
