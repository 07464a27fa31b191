package org.referralgateway.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.referralgateway.mapper.CheckedPayload;

/** How often the fast verdict and that of the reference are the same, over one lot of payloads. */
final class Agreement {

    private final String lot;
    private final int[][] table = new int[3][2];
    private final List<String> missed = new ArrayList<>();
    private int unreadable;
    private int failed;

    Agreement(String lot) {
        this.lot = lot;
    }

    void add(String name, byte[] json) {
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
            return;
        }
        var verdict = Checks.FAST.check(json);
        int row = !checked.problems().isEmpty() ? 1 : verdict.isAccepted() ? 0 : verdict.isUndecided() ? 2 : 1;
        table[row][objections.isEmpty() ? 0 : 1]++;
        if (row == 0 && !objections.isEmpty()) {
            missed.add(name + " " + objections);
        }
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
