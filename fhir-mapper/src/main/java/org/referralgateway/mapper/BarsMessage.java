package org.referralgateway.mapper;

import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.referralgateway.mapper.SentResource.Withdrawal;
import org.referralgateway.mapper.SentResource.Write;

/**
 * NHS England's Booking and Referral Standard. What is wanted is said by a pair: the message's reason and the status of the
 * ServiceRequest. Source: BaRS core, "Payload: servicerequest-request"; pairs that it does not define are refused with 400.
 */
final class BarsMessage implements Dialect {

    private static final String EVENTS = "message-events-bars";
    private static final String REQUEST = "servicerequest-request";
    private static final String RESPONSE = "servicerequest-response";

    @Override
    public String wireName() {
        return "bars-message";
    }

    @Override
    public String events() {
        return "servicerequest-request (BaRS)";
    }

    @Override
    public boolean recognises(Sent sent) {
        var event = sent.event();
        return event.hasSystem() && event.getSystem().endsWith(EVENTS);
    }

    @Override
    public Submission read(Sent sent) {
        var event = sent.event();
        if (RESPONSE.equals(event.getCode())) {
            return Submission.refused(this, sent, OtherMessage.isAnAnswer());
        }
        if (!REQUEST.equals(event.getCode())) {
            return Submission.refused(this, sent, OtherMessage.notSupported());
        }
        var wish = wish(sent);
        if (wish.isEmpty()) {
            return Submission.refused(this, sent, illegalPair());
        }
        return Messages.about(this, sent, wish.get(), new Coding(event.getSystem(), RESPONSE, null), true);
    }

    private static Optional<Write> wish(Sent sent) {
        var statuses = sent.all(ServiceRequest.class).stream()
                .map(one -> ((ServiceRequest) one.resource()).getStatus())
                .filter(status -> status != null)
                .map(ServiceRequest.ServiceRequestStatus::toCode)
                .distinct()
                .toList();
        var status = statuses.size() == 1 ? statuses.getFirst() : "";
        return switch (sent.reason() + " " + status) {
            case "new active" -> Optional.of(new Write.Create());
            case "update revoked" -> Optional.of(new Write.Withdraw(Withdrawal.REVOKED));
            case "update entered-in-error" -> Optional.of(new Write.Withdraw(Withdrawal.ENTERED_IN_ERROR));
            default -> Optional.empty();
        };
    }

    private static MappingIssue illegalPair() {
        return MappingIssue.error(
                IssueCode.MESSAGE_PAIR_ILLEGAL,
                "Bundle.entry[0].resource.reason",
                "BaRS knows three pairs of reason and ServiceRequest.status: new with active, update with revoked, update"
                        + " with entered-in-error. Send one of them.");
    }
}
