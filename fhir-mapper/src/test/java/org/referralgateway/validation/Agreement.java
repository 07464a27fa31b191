package org.referralgateway.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.referralgateway.mapper.CheckedPayload;

/** How often the fast verdict and that of the reference are the same, over one lot of payloads. */
final class Agreement {

    private static final Path REPORTS = Path.of("target/agreement");

    private final String lot;
    private final int[][] table = new int[3][2];
    private final List<String> missed = new ArrayList<>();
    private final List<String> stricter = new ArrayList<>();
    private final List<String> undecided = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Map<String, int[]> perKind = new TreeMap<>();
    private int unreadable;
    private int failed;

    Agreement(String lot) {
        this.lot = lot;
    }

    void add(String name, byte[] json) {
        add(name, List.of(), json);
    }

    /**
     * @param kinds of the changes that were made to it
     */
    void add(String name, List<String> kinds, byte[] json) {
        var checked = Checks.strict(json);
        if (!mayBeRead(checked)) {
            unreadable++;
            return;
        }
        var objections = Checks.REFERENCE.check(new String(json, UTF_8), List.of()).stream()
                .filter(Objection::isError)
                .map(Objection::rule)
                .distinct()
                .toList();
        if (objections.contains(ReferenceCheck.VALIDATOR_FAILED)) {
            failed++;
            failures.add(name + " " + kinds);
            return;
        }
        var verdict = Checks.FAST.check(json);
        int row = !checked.problems().isEmpty() ? 1 : verdict.isAccepted() ? 0 : verdict.isUndecided() ? 2 : 1;
        table[row][objections.isEmpty() ? 0 : 1]++;
        if (row == 0 && !objections.isEmpty()) {
            missed.add(name + " " + kinds + " " + objections);
            keep(name, json);
        }
        boolean agrees = (row == 0) == objections.isEmpty();
        kinds.forEach(kind -> perKind.computeIfAbsent(kind, key -> new int[4])[agrees ? row : row == 2 ? 2 : 3]++);
        if (row == 1 && objections.isEmpty()) {
            stricter.add(name + " " + kinds + " " + reasons(checked, verdict));
        } else if (row == 2) {
            undecided.add(name + " " + kinds + " " + reasons(checked, verdict) + " " + objections);
        }
    }

    /** The payload itself, since a seed means another one as soon as there is a new fixture. */
    private static void keep(String name, byte[] json) {
        try {
            Files.createDirectories(REPORTS);
            Files.write(REPORTS.resolve("missed " + name.replace('/', '_') + ".json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> reasons(CheckedPayload checked, FastVerdict verdict) {
        return Stream.concat(
                        checked.problems().stream()
                                .map(problem -> problem.code().wireName() + " " + problem.expression() + " "
                                        + problem.diagnostics()),
                        verdict.faults().stream()
                                .map(fault -> fault.rule() + " " + fault.expression() + " " + fault.what()))
                .toList();
    }

    /** What each disagreement was about, one a line, for whoever has to explain it. */
    void write() throws IOException {
        var lines = new ArrayList<String>();
        lines.add(row());
        perKind.forEach((kind, counts) -> lines.add("%s: accepted %d, faults %d, undecided %d, disagree %d"
                .formatted(kind, counts[0], counts[1], counts[2], counts[3])));
        missed.forEach(line -> lines.add("MISSED " + line));
        stricter.forEach(line -> lines.add("STRICTER " + line));
        undecided.forEach(line -> lines.add("UNDECIDED " + line));
        failures.forEach(line -> lines.add("FAILED " + line));
        Files.createDirectories(REPORTS);
        Files.write(REPORTS.resolve(lot.replaceAll("[^a-z]+", "-") + ".txt"), lines);
    }

    private static boolean mayBeRead(CheckedPayload checked) {
        return checked.isHarmless() && !checked.resourceType().isEmpty();
    }

    /** Payloads that the fast check accepts and the reference does not, each with the rules. */
    List<String> missed() {
        return missed;
    }

    int accepted() {
        return table[0][0] + table[0][1];
    }

    int all() {
        return table[0][0] + table[0][1] + table[1][0] + table[1][1] + table[2][0] + table[2][1];
    }

    /** Part of the decided payloads on which both say the same. */
    double rate() {
        double decided = table[0][0] + table[0][1] + table[1][0] + table[1][1];
        return decided == 0 ? 1 : (table[0][0] + table[1][1]) / decided;
    }

    /** As a row of a Markdown table. */
    String row() {
        return "| %s | %d | %d | %d | %d | %d | %d | %d | %d |"
                .formatted(
                        lot,
                        table[0][0],
                        table[0][1],
                        table[1][0],
                        table[1][1],
                        table[2][0],
                        table[2][1],
                        unreadable,
                        failed);
    }
}
