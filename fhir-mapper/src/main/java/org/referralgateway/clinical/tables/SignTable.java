package org.referralgateway.clinical.tables;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Signs by which urgency and completeness are judged, such as {@code spreading} or {@code cancer}: in words by
 * {@code triage_words.csv}, in codes by {@code sign_codes.csv}. Source: the clinic's reference notes, sections 2 and 6.
 */
public final class SignTable {

    private static final String ANY = "any";
    private static final List<String> MATCHES = List.of("exact", "subtree");

    private final Set<String> names = new TreeSet<>();
    private final Phrases<String> words = new Phrases<>();
    private final Map<String, Map<String, String>> exact = new HashMap<>();
    private final Map<String, String> subtrees = new HashMap<>();

    SignTable(TableFile words, TableFile codes) {
        var wordKeys = new TableFile.Keys();
        words.rows().forEach(row -> words(row, wordKeys));
        var codeKeys = new TableFile.Keys();
        codes.rows().forEach(row -> code(row, codeKeys));
    }

    private void words(TableFile.Row row, TableFile.Keys keys) {
        var sign = row.required("sign");
        var phrases = row.required("words");
        row.required("source");
        if (row.isFaulty()) {
            return;
        }
        names.add(sign);
        for (var phrase : TableFile.words(phrases)) {
            var mistake = Phrases.mistakeIn(phrase);
            if (mistake != null) {
                row.wrong("words", mistake);
            } else if (keys.isNew(row, "words", sign + " " + phrase)) {
                words.add(phrase, sign);
            }
        }
    }

    private void code(TableFile.Row row, TableFile.Keys keys) {
        var sign = row.required("sign");
        var name = row.required("system");
        var code = row.required("code");
        boolean subtree = row.oneOf("match", MATCHES).equals("subtree");
        row.required("source");
        var system = name.equals(ANY) ? ANY : CodeSystems.urlOf(name);
        if (system == null && !name.isEmpty()) {
            row.wrong("system", "must be any, or a code system the gateway knows: SNOMED CT, ICD-10-CM, ICD-10, ATC");
        } else if (subtree && !CodeSystems.isIcd(system)) {
            row.wrong("match", "subtree is for ICD codes; use exact");
        } else if (CodeSystems.SNOMED_CT.equals(system) && !code.isEmpty() && !CodeSystems.isSnomed(code)) {
            row.wrong("code", "is no SNOMED CT code, its check digit is wrong; look it up again");
        }
        if (system == null || row.isFaulty() || !keys.isNew(row, "code", List.of(name, code))) {
            return;
        }
        names.add(sign);
        if (subtree) {
            subtrees.put(normalised(code), sign);
        } else {
            exact.computeIfAbsent(table(system), any -> new HashMap<>())
                    .put(CodeSystems.isIcd(system) ? normalised(code) : code, sign);
        }
    }

    /** The sign of a code; of several rows the longest code. The editions of ICD-10 are one to these rows. */
    public @Nullable String ofCode(@Nullable String system, String code) {
        var anywhere = exact.getOrDefault(ANY, Map.of()).get(code);
        var known = CodeSystems.canonical(system);
        if (anywhere != null || (!CodeSystems.isIcd(known) && !CodeSystems.looksLikeIcd(code))) {
            return anywhere != null || known == null
                    ? anywhere
                    : exact.getOrDefault(known, Map.of()).get(code);
        }
        var normalised = normalised(code);
        var sign = exact.getOrDefault(CodeSystems.ICD_10, Map.of()).get(normalised);
        for (int length = normalised.length(); sign == null && length > 0; length--) {
            sign = subtrees.get(normalised.substring(0, length));
        }
        return sign;
    }

    private static String table(String system) {
        return CodeSystems.isIcd(system) ? CodeSystems.ICD_10 : system;
    }

    private static String normalised(String code) {
        return CodeSystems.normalised(CodeSystems.ICD_10, code);
    }

    /** Names of the signs, which the policy's triage rules may use. */
    public Set<String> names() {
        return names;
    }

    public Phrases<String> words() {
        return words;
    }
}
