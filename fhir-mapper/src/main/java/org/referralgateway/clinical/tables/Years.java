package org.referralgateway.clinical.tables;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The year that a text names beside something: "overdose in 1998", "MI (2009)", "amputated in 2022 after ischaemia"; not the year
 * since which it lasts.
 */
final class Years {

    private static final int WORDS_AFTER = 3;
    private static final int WORDS_TO_A_DATE = 6;
    private static final int WORDS_BEFORE = 2;
    private static final int WORDS_SINCE = 8;
    private static final Set<String> SINCE = Set.of("since", "from", "until", "seit", "depuis", "desde", "sinds");

    /** Between the year of what came of something and that thing: "in 2022 because of". */
    private static final Set<String> BECAUSE = Stance.words(
            "after following due to because of for with nach wegen bei après suite à cause por tras debido a na door vanwege");

    private static final Set<String> MONTHS = Stance.words(
            "january february march april may june july august september october november december"
                    + " jan feb mar apr jun jul aug sep sept oct nov dec januar februar märz mai juni juli oktober dezember"
                    + " janvier février mars avril juin juillet août septembre octobre novembre décembre enero febrero marzo abril"
                    + " mayo junio julio agosto septiembre octubre noviembre diciembre januari februari maart mei augustus");

    private Years() {}

    static @Nullable Integer beside(Tokens text, int first, int last) {
        for (int at = last + 1; at <= last + WORDS_TO_A_DATE && text.isSameClause(last, at); at++) {
            if (text.commasBetween(last, at) > 0 || SINCE.contains(text.word(at))) {
                return null;
            }
            var year = at <= last + WORDS_AFTER || isMonth(text, at - 1) ? year(text.word(at)) : null;
            if (year != null) {
                return year;
            }
        }
        int at = first - 1;
        while (at >= first - WORDS_BEFORE && BECAUSE.contains(text.word(at))) {
            at--;
        }
        boolean before = text.isSameClause(at, first)
                && text.commasBetween(at, first) == 0
                && !SINCE.contains(text.word(at - 1));
        return before ? year(text.word(at)) : null;
    }

    /** The year since which it lasts: "numb since the accident in 2015"; absent where none is said. */
    static @Nullable Integer since(Tokens text, int last) {
        boolean since = false;
        for (int at = last + 1; at <= last + WORDS_SINCE && text.isSameClause(last, at); at++) {
            if (text.commasBetween(last, at) > 0) {
                return null;
            }
            since |= SINCE.contains(text.word(at));
            var year = since ? year(text.word(at)) : null;
            if (year != null) {
                return year;
            }
        }
        return null;
    }

    /** "Cauda equina injury in March 2021", "in March of 2021". */
    private static boolean isMonth(Tokens text, int at) {
        return MONTHS.contains(text.word(text.word(at).equals("of") ? at - 1 : at));
    }

    private static @Nullable Integer year(String word) {
        boolean written = word.length() == 4
                && (word.startsWith("19") || word.startsWith("20"))
                && Character.isDigit(word.charAt(2))
                && Character.isDigit(word.charAt(3));
        return written ? Integer.valueOf(word) : null;
    }
}
