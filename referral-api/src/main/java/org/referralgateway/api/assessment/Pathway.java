package org.referralgateway.api.assessment;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.referralgateway.events.ReferralFacts;
import org.referralgateway.events.Urgency;

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
     * @param due after the event, by urgency
     */
    record Rule(String name, Trigger on, Condition when, String opens, String owner, Map<Urgency, Due> due) {

        Rule {
            due = Map.copyOf(due);
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

    /** What must be true of the referral besides. */
    enum Condition {
        ALWAYS,
        /** Something changed that matters for triage. */
        RETRIAGE_NEEDED,
        REQUIRED_ITEMS_MISSING,
        REASON_NOT_DIAGNOSTIC;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Condition> of(String word) {
            return Arrays.stream(values())
                    .filter(value -> value.word().equals(word))
                    .findFirst();
        }

        /**
         * @param retriage whether an amendment changed something that matters for triage
         */
        boolean holds(ReferralFacts facts, boolean retriage) {
            return switch (this) {
                case ALWAYS -> true;
                case RETRIAGE_NEEDED -> retriage;
                case REQUIRED_ITEMS_MISSING -> !facts.missing().isEmpty();
                case REASON_NOT_DIAGNOSTIC ->
                    facts.reasons().stream().noneMatch(reason -> "diagnostic".equals(reason.evidence()));
            };
        }
    }

    List<Rule> on(Trigger trigger) {
        return rules.stream().filter(rule -> rule.on() == trigger).toList();
    }
}
