package org.referralgateway.clinical.tables;

import java.util.Set;
import java.util.TreeSet;

/**
 * Signs in words by which the urgency is judged, such as {@code spreading}: {@code triage_words.csv}. Source: the clinic's
 * reference notes, section 6.
 */
public final class SignTable {

    private final Set<String> names = new TreeSet<>();
    private final Phrases<String> words = new Phrases<>();

    SignTable(TableFile file) {
        var keys = new TableFile.Keys();
        file.rows().forEach(row -> {
            var sign = row.required("sign");
            var phrases = row.required("words");
            row.required("source");
            if (!row.isFaulty()) {
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
        });
    }

    /** Names of the signs, which the policy's triage rules may use. */
    public Set<String> names() {
        return names;
    }

    public Phrases<String> words() {
        return words;
    }
}
