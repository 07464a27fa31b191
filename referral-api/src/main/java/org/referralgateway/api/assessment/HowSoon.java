package org.referralgateway.api.assessment;

import org.jspecify.annotations.Nullable;
import org.referralgateway.events.Conclusions.TriageLevel;
import org.referralgateway.events.ReferralFacts;
import org.referralgateway.events.Urgency;

/**
 * How soon something is to be done about a referral.
 *
 * @param urgency that the placer asked for
 * @param level that the clinic's rules propose; where they have not seen the referral, what the urgency comes to
 */
record HowSoon(Urgency urgency, TriageLevel level) {

    static HowSoon of(ReferralFacts facts) {
        var conclusions = facts.conclusions();
        return of(
                facts.priority(),
                conclusions == null ? null : conclusions.triage().level());
    }

    static HowSoon of(Urgency urgency, @Nullable TriageLevel level) {
        return new HowSoon(urgency, level == null ? levelOf(urgency) : level);
    }

    /** Source: the clinic's reference notes, section 6. */
    private static TriageLevel levelOf(Urgency urgency) {
        return switch (urgency) {
            case STAT, ASAP -> TriageLevel.URGENT;
            case URGENT -> TriageLevel.SOON;
            case ROUTINE -> TriageLevel.ROUTINE;
        };
    }

    Due due(DueBy due) {
        return due.of(urgency, level);
    }
}
