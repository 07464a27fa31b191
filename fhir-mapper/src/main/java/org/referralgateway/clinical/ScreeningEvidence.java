package org.referralgateway.clinical;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.Readings.Reading;
import org.referralgateway.clinical.tables.Units;
import org.referralgateway.events.Conclusions.Basis;
import org.referralgateway.events.Conclusions.ScreeningFinding;
import org.referralgateway.events.Conclusions.ScreeningLevel;

/** All that speaks to one item of the screening table; the worst of it decides. */
final class ScreeningEvidence {

    private final String item;
    private final Set<String> used = new LinkedHashSet<>();
    private final Set<String> missing = new LinkedHashSet<>();
    private ScreeningLevel level = ScreeningLevel.NOT_ASSESSED;
    private String rule = "nothing-sent";
    private @Nullable Reading reading;

    ScreeningEvidence(String item) {
        this.item = item;
    }

    /** The levels stand from worst to least in their enum. */
    void say(ScreeningLevel said, String byRule, String field) {
        say(said, byRule, field, null);
    }

    void say(ScreeningLevel said, String byRule, String field, @Nullable Reading number) {
        used.add(field);
        if (said.compareTo(level) < 0) {
            level = said;
            rule = byRule;
            reading = number;
        }
    }

    /** Something was looked for and is not there, or too old to say that all is well. */
    void lacks(String what) {
        missing.add(what);
    }

    boolean isAtLeast(ScreeningLevel other) {
        return level.compareTo(other) <= 0;
    }

    ScreeningFinding finding() {
        BigDecimal value = reading == null ? null : reading.value();
        List<String> lacking =
                level == ScreeningLevel.NOT_ASSESSED && missing.isEmpty() ? List.of(item) : new ArrayList<>(missing);
        return new ScreeningFinding(
                item,
                level,
                value,
                value == null || reading == null ? null : Units.ucum(reading.unit()),
                new Basis(rule, List.copyOf(used), lacking));
    }
}
