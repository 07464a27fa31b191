package org.referralgateway.mapper;

import java.util.List;
import java.util.Locale;
import org.referralgateway.mapper.SentResource.Write;

/**
 * Chile's waiting list (SIGTE): a referral is begun with a draft, then sent on to the clinic, which may be the first that it
 * hears of it. The later steps of its life are the receiving clinic's own and are not taken from outside. Source: MINSAL TEI
 * guide, message events; its BundleIniciarLE has a draft.
 */
final class ChileanMessage implements Dialect {

    /** As the guide names them now, and as its drafts did, with and without capitals. */
    private static final List<String> BEGIN = List.of("iniciar", "inicio");

    private static final List<String> REFER = List.of("referenciar", "referenciada");

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
        return BEGIN.contains(event(sent)) || REFER.contains(event(sent));
    }

    @Override
    public boolean takesDrafts() {
        return true;
    }

    @Override
    public Submission read(Sent sent) {
        var wish = REFER.contains(event(sent)) ? new Write.Amend(true) : new Write.Create();
        return Messages.about(this, sent, wish, sent.event(), false);
    }

    private static String event(Sent sent) {
        return String.valueOf(sent.event().getCode()).toLowerCase(Locale.ROOT);
    }
}
