package org.referralgateway.validation;

import java.util.HashSet;
import java.util.List;

/** A resource's labels occur once each. */
final class Metas {

    private Metas() {}

    static void check(Node meta, Findings findings) {
        for (var name : List.of("security", "tag")) {
            var seen = new HashSet<String>();
            for (var label : meta.all(name)) {
                if (!seen.add(label.text("system") + "#" + label.text("code"))) {
                    findings.structure(label, "label-repeated", "The same label stands here twice. Send it once.");
                }
            }
        }
        if (meta.all("profile").stream().anyMatch(profile -> isOfR4(profile.value()))) {
            findings.undecided(meta, "The profiles that this claims are not compiled.");
        }
    }

    private static boolean isOfR4(@org.jspecify.annotations.Nullable String profile) {
        return profile != null && profile.startsWith("http://hl7.org/fhir/StructureDefinition/");
    }
}
