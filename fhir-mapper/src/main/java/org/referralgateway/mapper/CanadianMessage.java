package org.referralgateway.mapper;

import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.referralgateway.mapper.SentResource.Withdrawal;
import org.referralgateway.mapper.SentResource.Write;

/**
 * CA:eReC and Ontario eReferral. Source: CA:eReC, "Message definitions"; the events go by their codes, because provinces
 * publish them under systems of their own. The answer tells of the process request that came of it.
 */
final class CanadianMessage implements Dialect {

    private static final String ADD = "add-service-request";
    private static final String UPDATE = "notify-update-service-request";
    private static final String CORRECT = "notify-data-correction";
    private static final String REVOKE = "revoke-service-request";

    @Override
    public String wireName() {
        return "ca-erec-message";
    }

    @Override
    public String events() {
        return "add-service-request, notify-update-service-request, notify-data-correction,"
                + " revoke-service-request (CA:eReC)";
    }

    @Override
    public boolean recognises(Sent sent) {
        return sent.isEvent(List.of(ADD, UPDATE, CORRECT, REVOKE));
    }

    @Override
    public Submission read(Sent sent) {
        var wish = switch (sent.event().getCode()) {
            case UPDATE, CORRECT -> new Write.Amend(false);
            case REVOKE -> new Write.Withdraw(Withdrawal.REVOKED);
            default -> new Write.Create();
        };
        var answer = new Coding(sent.event().getSystem(), "notify-add-process-request", null);
        return Messages.about(this, sent, wish, answer, false);
    }
}
