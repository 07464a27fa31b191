package org.referralgateway.validation;

import java.util.HashSet;

/** A resource's labels occur once each. */
final class Metas {

    private Metas() {}

    static void check(Node meta, Findings findings) {
        var seen = new HashSet<String>();
        for (var label : meta.all("security")) {
            if (!seen.add(label.text("system") + "#" + label.text("code"))) {
                findings.structure(label, "label-repeated", "The same label stands here twice. Send it once.");
            }
        }
    }
}
