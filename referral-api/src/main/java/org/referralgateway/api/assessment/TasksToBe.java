package org.referralgateway.api.assessment;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.referralgateway.events.ReferralFacts;
import org.springframework.stereotype.Component;

/** Which tasks a referral would open, by the clinic's pathway. */
@Component
public class TasksToBe {

    private final Pathway pathway;
    private final Clock clock;

    TasksToBe(Pathway pathway, Clock clock) {
        this.pathway = pathway;
        this.clock = clock;
    }

    /**
     * @param because the pathway's rule
     * @param dueAt if the referral came now (UTC)
     */
    public record TaskToBe(String code, String ownerRole, Instant dueAt, String because) {}

    /** Those of a new referral. Whether somebody else referred the same person is not a sender's to know, so it is left out. */
    public List<TaskToBe> onReceipt(ReferralFacts facts) {
        return pathway.on(Pathway.Trigger.REFERRAL_RECEIVED).stream()
                .filter(rule -> rule.when().holds(new When.Case(facts, false, false)))
                .map(rule -> new TaskToBe(
                        rule.opens(),
                        rule.owner(),
                        HowSoon.of(facts).due(rule.due()).after(clock.instant(), pathway.zone()),
                        rule.name()))
                .toList();
    }
}
