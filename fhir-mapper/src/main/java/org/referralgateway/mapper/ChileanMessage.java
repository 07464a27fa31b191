package org.referralgateway.mapper;

import java.util.List;
import org.referralgateway.mapper.SentResource.Write;

/**
 * Chile's waiting list (SIGTE): a referral is begun, then sent on to the clinic. The later steps of its life are the
 * receiving clinic's own and are not taken from outside. Source: MINSAL TEI guide, message events.
 */
final class ChileanMessage implements Dialect {

    private static final String BEGIN = "iniciar";
    private static final String REFER = "referenciar";

    @Override
    public String wireName() {
        return "cl-waiting-list-message";
    }

    @Override
    public boolean recognises(Sent sent) {
        return sent.isEvent(List.of(BEGIN, REFER));
    }

    @Override
    public Submission read(Sent sent) {
        return Messages.about(this, sent, new Write.Create(), sent.event(), false);
    }
}
