package org.referralgateway.api.assessment;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.referralgateway.events.Conclusions;
import org.referralgateway.events.Conclusions.ScreeningLevel;
import org.referralgateway.events.ReferralFacts;

/**
 * What must be true of a referral for a pathway rule. What the clinic's rules did not conclude does not hold: an event from
 * before there were conclusions opens what depends on nothing.
 */
sealed interface When {

    boolean holds(Case about);

    /**
     * What is known of a referral when a rule is asked.
     *
     * @param retriage whether an amendment changed something that matters for triage
     * @param possibleDuplicate whether another referral seems to be of the same person
     */
    record Case(ReferralFacts facts, boolean retriage, boolean possibleDuplicate) {}

    /** Another referral seems to be of the same person for the same kind of problem. */
    record PossibleDuplicate() implements When {
        @Override
        public boolean holds(Case about) {
            return about.possibleDuplicate();
        }
    }

    record Always() implements When {
        @Override
        public boolean holds(Case about) {
            return true;
        }
    }

    record RetriageNeeded() implements When {
        @Override
        public boolean holds(Case about) {
            return about.retriage();
        }
    }

    record RequiredItemsMissing() implements When {
        @Override
        public boolean holds(Case about) {
            return !about.facts().missing().isEmpty();
        }
    }

    record ReasonNotDiagnostic() implements When {
        @Override
        public boolean holds(Case about) {
            return about.facts().reasons().stream().noneMatch(reason -> "diagnostic".equals(reason.evidence()));
        }
    }

    /** One of several. */
    record AnyOf(List<When> conditions) implements When {
        @Override
        public boolean holds(Case about) {
            return conditions.stream().anyMatch(condition -> condition.holds(about));
        }
    }

    /** A hold or review for one of these items of the screening table. */
    record Screening(Set<String> items) implements When {
        @Override
        public boolean holds(Case about) {
            return concluded(
                    about.facts(),
                    conclusions -> conclusions.screening().stream()
                            .anyMatch(finding -> items.contains(finding.item())
                                    && (finding.level() == ScreeningLevel.HOLD
                                            || finding.level() == ScreeningLevel.REVIEW)));
        }
    }

    /** The question whether enough was tried has one of these answers. */
    record Resistance(Set<String> answers) implements When {
        @Override
        public boolean holds(Case about) {
            return concluded(
                    about.facts(),
                    conclusions ->
                            answers.contains(conclusions.resistance().result().code()));
        }
    }

    /** The condition group is known to one of these degrees. */
    record Certainty(Set<String> degrees) implements When {
        @Override
        public boolean holds(Case about) {
            return concluded(
                    about.facts(),
                    conclusions -> degrees.contains(
                            conclusions.indication().certainty().code()));
        }
    }

    /**
     * @param flags any where it is empty
     */
    record RedFlag(Set<String> flags) implements When {
        @Override
        public boolean holds(Case about) {
            return concluded(
                    about.facts(),
                    conclusions -> conclusions.redFlags().stream()
                            .anyMatch(found -> flags.isEmpty() || flags.contains(found.flag())));
        }
    }

    /** The triage level is one of these. */
    record Level(Set<String> levels) implements When {
        @Override
        public boolean holds(Case about) {
            return concluded(
                    about.facts(),
                    conclusions -> levels.contains(conclusions.triage().level().code()));
        }
    }

    /** One of these items of the minimum data set applies, and is not there or too old. */
    record Missing(Set<String> items) implements When {
        @Override
        public boolean holds(Case about) {
            return about.facts().completeness().stream()
                    .anyMatch(item -> items.contains(item.item())
                            && (item.state().equals("missing") || item.state().equals("stale")));
        }
    }

    /** Opioids taken now come to so many morphine milligram equivalents a day or more, or to an amount not known. */
    record OpioidDose(BigDecimal atLeast) implements When {
        @Override
        public boolean holds(Case about) {
            return concluded(about.facts(), conclusions -> {
                var dose = conclusions.opioidDose();
                return !dose.complete()
                        || (dose.mmePerDay() != null && dose.mmePerDay().compareTo(atLeast) >= 0);
            });
        }
    }

    private static boolean concluded(ReferralFacts facts, Predicate<Conclusions> condition) {
        @Nullable Conclusions conclusions = facts.conclusions();
        return conclusions != null && condition.test(conclusions);
    }
}
