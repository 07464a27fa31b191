package org.referralgateway.mapper;

import java.util.List;
import org.referralgateway.mapper.SentResource.Withdrawal;
import org.referralgateway.mapper.SentResource.Write;

/**
 * HL7 v2's referral events, as converters put them into FHIR messages: I12 refers a patient, I13 changes, I14 cancels.
 * Source: HL7 v2.5.1 chapter 11, table 0003.
 */
final class V2ReferralMessage implements Dialect {

    private static final String REFERS = "I12";
    private static final String CHANGES = "I13";
    private static final String CANCELS = "I14";

    @Override
    public String wireName() {
        return "v2-referral-message";
    }

    @Override
    public String events() {
        return "I12, I13, I14 (HL7 v2)";
    }

    @Override
    public boolean recognises(Sent sent) {
        return sent.isEvent(List.of(REFERS, CHANGES, CANCELS));
    }

    @Override
    public Submission read(Sent sent) {
        var wish = switch (sent.event().getCode()) {
            case CHANGES -> new Write.Amend(false);
            case CANCELS -> new Write.Withdraw(Withdrawal.REVOKED);
            default -> new Write.Create();
        };
        return Messages.about(this, sent, wish, sent.event(), false);
    }
}
