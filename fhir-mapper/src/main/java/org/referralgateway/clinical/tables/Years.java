package org.referralgateway.clinical.tables;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The year that a text names beside something: "overdose in 1998", "MI (2009)"; not the year since which it lasts. */
final class Years {

    private static final int WORDS_AFTER = 3;
    private static final Set<String> SINCE = Set.of("since", "from", "until", "seit", "depuis", "desde", "sinds");

    private Years() {}

    static @Nullable Integer beside(Tokens text, int first, int last) {
        for (int at = last + 1; at <= last + WORDS_AFTER && text.isSameClause(last, at); at++) {
            if (text.commasBetween(last, at) > 0 || SINCE.contains(text.word(at))) {
                return null;
            }
            var year = year(text.word(at));
            if (year != null) {
                return year;
            }
        }
        boolean before = text.isSameClause(first - 1, first) && !SINCE.contains(text.word(first - 2));
        return before ? year(text.word(first - 1)) : null;
    }

    private static @Nullable Integer year(String word) {
        boolean written = word.length() == 4
                && (word.startsWith("19") || word.startsWith("20"))
                && Character.isDigit(word.charAt(2))
                && Character.isDigit(word.charAt(3));
        return written ? Integer.valueOf(word) : null;
    }
}
