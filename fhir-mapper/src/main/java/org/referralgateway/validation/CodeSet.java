package org.referralgateway.validation;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The codes of a value set that something is bound to.
 *
 * @param isRequired false where a code of another set may stand, too
 * @param isKnown false where they cannot be listed: all of a code system that is not here
 * @param codes without their systems
 * @param codings as {@code system|code}
 */
record CodeSet(String url, boolean isRequired, boolean isKnown, Set<String> codes, Set<String> codings) {

    /**
     * @param codes by system; none where they cannot be listed
     */
    static CodeSet of(String canonical, boolean isRequired, Map<String, Set<String>> codes) {
        var plain = new HashSet<String>();
        var codings = new HashSet<String>();
        codes.forEach((system, ofSystem) -> {
            plain.addAll(ofSystem);
            ofSystem.forEach(code -> codings.add(system + "|" + code));
        });
        return new CodeSet(
                withoutVersion(canonical), isRequired, !plain.isEmpty(), Set.copyOf(plain), Set.copyOf(codings));
    }

    static String withoutVersion(String canonical) {
        int bar = canonical.indexOf('|');
        return bar < 0 ? canonical : canonical.substring(0, bar);
    }
}
