package org.referralgateway.mapper;

import java.util.List;
import org.referralgateway.mapper.SentResource.Write;

/**
 * Chile's waiting list (SIGTE): a referral is begun with a draft, then sent on to the clinic, which may be the first that it
 * hears of it. The later steps of its life are the receiving clinic's own and are not taken from outside. Source: MINSAL TEI
 * guide, message events; its BundleIniciarLE has a draft.
 */
final class ChileanMessage implements Dialect {

    private static final String BEGIN = "iniciar";
    private static final String REFER = "referenciar";

    @Override
    public String wireName() {
        return "cl-waiting-list-message";
    }

    @Override
    public String events() {
        return "iniciar, referenciar (Chile)";
    }

    @Override
    public boolean recognises(Sent sent) {
        return sent.isEvent(List.of(BEGIN, REFER));
    }

    @Override
    public boolean takesDrafts() {
        return true;
    }

    @Override
    public Submission read(Sent sent) {
        var wish = REFER.equals(sent.event().getCode()) ? new Write.Amend(true) : new Write.Create();
        return Messages.about(this, sent, wish, sent.event(), false);
    }
}
