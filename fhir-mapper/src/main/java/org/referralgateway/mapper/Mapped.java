package org.referralgateway.mapper;

import java.util.List;
import org.referralgateway.events.ReferralFacts;

/** What came of mapping one ServiceRequest: the whole referral, or everything that refuses it. */
public sealed interface Mapped {

    /**
     * @param facts what goes on the topic
     */
    record Complete(Referral referral, ReferralFacts facts) implements Mapped {}

    /**
     * @param issues at least one error, and all warnings found on the way
     */
    record Refused(List<MappingIssue> issues) implements Mapped {
        public Refused {
            issues = List.copyOf(issues);
        }
    }
}
