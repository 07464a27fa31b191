package org.referralgateway.api.assessment;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The clinic's pathway: which event opens which task.
 *
 * @param zone in which working days begin and end
 */
record Pathway(String version, ZoneId zone, List<Rule> rules) {

    Pathway {
        rules = List.copyOf(rules);
    }

    /**
     * @param name unique; a task keeps it as the reason why it exists
     */
    record Rule(String name, Set<Trigger> on, When when, String opens, String owner, DueBy due) {

        Rule {
            on = Set.copyOf(on);
        }
    }

    /** What happened. */
    enum Trigger {
        REFERRAL_RECEIVED,
        REFERRAL_AMENDED,
        /** Called off before work began; what was open is closed by itself. */
        REFERRAL_CANCELLED,
        /** Called off when work had begun, so that somebody has to agree. */
        CANCELLATION_REQUESTED,
        TRIAGE_ACCEPTED,
        TRIAGE_DECLINED,
        INFORMATION_REQUESTED;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Trigger> of(String word) {
            return Arrays.stream(values())
                    .filter(value -> value.word().equals(word))
                    .findFirst();
        }
    }

    List<Rule> on(Trigger trigger) {
        return rules.stream().filter(rule -> rule.on().contains(trigger)).toList();
    }
}
