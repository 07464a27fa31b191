package org.referralgateway.clinical.tables;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A text in the letters by which tables and letters are compared: lower case, without accents. Many systems write capitals
 * without them, and some send an accent as a character of its own: "RETENTION URINAIRE" is "rétention urinaire".
 */
public final class Letters {

    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");

    private Letters() {}

    public static String plain(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (lower.chars().allMatch(c -> c < 0x80)) {
            return lower;
        }
        return ACCENTS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFD))
                .replaceAll("")
                .replace('\u2019', '\'')
                .replace("\u0153", "oe")
                .replace("\u00df", "ss");
    }
}
