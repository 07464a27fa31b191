package org.referralgateway.mapper;

import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;

/** Any message that no other dialect takes: it is refused, and told what is taken. */
final class OtherMessage implements Dialect {

    @Override
    public String wireName() {
        return "other-message";
    }

    @Override
    public boolean recognises(Sent sent) {
        return sent.isBundle(Bundle.BundleType.MESSAGE);
    }

    @Override
    public Submission read(Sent sent) {
        if (sent.header().isEmpty()) {
            return Submission.refused(
                    this,
                    sent,
                    MappingIssue.error(
                            IssueCode.REQUIRED_MISSING,
                            "Bundle.entry[0].resource",
                            "The first entry of a message must be its MessageHeader. Add it."));
        }
        if (sent.header().orElseThrow().hasResponse()) {
            return Submission.refused(this, sent, isAnAnswer());
        }
        return Submission.refused(this, sent, notSupported());
    }

    static MappingIssue notSupported() {
        return MappingIssue.error(
                IssueCode.MESSAGE_EVENT_NOT_SUPPORTED,
                "Bundle.entry[0].resource.event",
                "This event is not taken. Taken are: " + taken() + ".");
    }

    private static String taken() {
        return Dialects.ALL.stream()
                .map(Dialect::events)
                .filter(events -> !events.isEmpty())
                .collect(Collectors.joining("; "));
    }

    static MappingIssue isAnAnswer() {
        return MappingIssue.error(
                IssueCode.NOT_A_REQUEST,
                "Bundle.entry[0].resource.event",
                "This is an answer to a message, and the clinic sent you none that asks for one. Send requests only.");
    }
}
