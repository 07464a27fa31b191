package org.referralgateway.api.assessment;

import java.util.Map;
import org.referralgateway.events.Conclusions.TriageLevel;
import org.referralgateway.events.Urgency;

/** How long after an event a task is due: by what the placer asked for, or by the triage level that the clinic's rules say. */
sealed interface DueBy {

    Due of(Urgency urgency, TriageLevel level);

    record Same(Due due) implements DueBy {
        @Override
        public Due of(Urgency urgency, TriageLevel level) {
            return due;
        }
    }

    record ByUrgency(Map<Urgency, Due> due) implements DueBy {
        @Override
        public Due of(Urgency urgency, TriageLevel level) {
            return java.util.Objects.requireNonNull(due.get(urgency));
        }
    }

    record ByLevel(Map<TriageLevel, Due> due) implements DueBy {
        @Override
        public Due of(Urgency urgency, TriageLevel level) {
            return java.util.Objects.requireNonNull(due.get(level));
        }
    }
}
