package org.referralgateway.mapper;

import java.util.List;
import org.referralgateway.mapper.SentResource.Write;

/**
 * Danish municipalities' requests to providers of care (FFB messages of KL): one event, whose focus is the ServiceRequest.
 * There is none for a change or an end, so the same request sent again changes it, and its status ends it. Source:
 * hl7dk/kl-ffb-messaging, KLMessagingFFBServiceRequest.
 */
final class DanishMessage implements Dialect {

    private static final String REQUEST = "ffb-service-request";

    @Override
    public String wireName() {
        return "dk-municipal-message";
    }

    @Override
    public String events() {
        return "ffb-service-request (Danish municipalities)";
    }

    @Override
    public boolean recognises(Sent sent) {
        return sent.isEvent(List.of(REQUEST));
    }

    @Override
    public Submission read(Sent sent) {
        return Messages.about(this, sent, new Write.Amend(true), sent.event(), false);
    }
}
