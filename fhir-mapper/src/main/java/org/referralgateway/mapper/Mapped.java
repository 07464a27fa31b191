package org.referralgateway.mapper;

import java.util.List;
import org.referralgateway.events.Conclusions;
import org.referralgateway.events.ReferralFacts;
import org.referralgateway.events.ReferralFacts.CompletenessItem;

/** What came of mapping one ServiceRequest: the whole referral, or everything that refuses it. */
public sealed interface Mapped {

    /**
     * @param facts what goes on the topic
     */
    record Complete(Referral referral, ReferralFacts facts) implements Mapped {

        /**
         * The same with what the clinic's rules make of it.
         *
         * @param completeness each item of the minimum data set
         * @param issues to add: what the sender may be asked for
         */
        public Complete with(List<CompletenessItem> completeness, List<MappingIssue> issues, Conclusions conclusions) {
            var whole = Referrals.concluded(referral, completeness, issues, conclusions);
            return new Complete(whole, Facts.concluded(facts, whole));
        }
    }

    /**
     * @param issues at least one error, and all warnings found on the way
     */
    record Refused(List<MappingIssue> issues) implements Mapped {
        public Refused {
            issues = List.copyOf(issues);
        }
    }
}
