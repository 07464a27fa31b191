package org.referralgateway.clinical.tables;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The year that a text names beside something: "overdose in 1998", "MI (2009)", "amputated in 2022 after ischaemia", and
 * the year since which it lasts.
 */
final class Years {

    private static final int WORDS_AFTER = 3;
    private static final int WORDS_TO_A_DATE = 6;
    private static final int WORDS_SINCE = 6;
    private static final Set<String> SINCE = Set.of("since", "from", "until", "seit", "depuis", "desde", "sinds");

    /** Between the year of what came of something and that thing: "in 2022 after", "in 2022 because of". */
    private static final Set<String> BECAUSE =
            Stance.words("after following because due nach wegen après suite tras debido na vanwege");

    private static final Set<String> BECAUSE_OF = Stance.words("of to à a de");

    private static final Set<String> ONLY_SINCE = Stance.words("since seit depuis desde sinds dal");
    /** Between something and "since". */
    private static final Set<String> LASTING = Stance.words(
            "present ever persistent persisting unchanged ongoing stable continuous chronic longstanding and or neurogenic bladder bowel");

    /** Then what is said is no old news, whatever year stands beside it. */
    private static final Set<String> NEWS = Stance.words(
            "new newly acute acutely sudden suddenly worse worsened worsening worsens progressive progressing progressed increasing"
                    + " increased rapid rapidly deteriorating deteriorated deterioration more neu neue neuer akut akute plötzlich"
                    + " zunehmend zunehmende progrediente schlechter aigu aiguë récent récente nouveau nouvelle aggravé aggravation pire"
                    + " nuevo nueva agudo aguda peor empeoramiento reciente progresiva nieuw nieuwe acuut acute erger toenemend");

    private static final Set<String> MONTH_NAMES = Stance.words(
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
        if (BECAUSE_OF.contains(text.word(at)) && BECAUSE.contains(text.word(at - 1))) {
            at -= 2;
        } else if (BECAUSE.contains(text.word(at))) {
            at--;
        }
        boolean before = text.isSameClause(at, first) && text.commasBetween(at, first) == 0 && !isSince(text, at);
        return before ? year(text.word(at)) : null;
    }

    /** "Since a fall in 2018": of a time that goes on. */
    private static boolean isSince(Tokens text, int year) {
        for (int at = year - 1; at >= year - WORDS_SINCE && text.isSameClause(at, year); at--) {
            if (SINCE.contains(text.word(at))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The year since which it lasts: "numb since the accident in 2015"; absent where none is said, or where the sentence says that
     * something is new or worse.
     */
    static @Nullable Integer since(Tokens text, int first, int last) {
        int at = last + 1;
        while (text.isSameClause(last, at) && text.commasBetween(last, at) == 0 && LASTING.contains(text.word(at))) {
            at++;
        }
        if (!text.isSameClause(last, at) || !ONLY_SINCE.contains(text.word(at)) || isNews(text, first)) {
            return null;
        }
        int since = at;
        for (; at <= since + WORDS_SINCE && text.isSameClause(since, at) && text.commasBetween(since, at) == 0; at++) {
            var year = year(text.word(at));
            if (year != null) {
                return year;
            }
        }
        return null;
    }

    /** Anywhere in its sentence, the phrase itself included. */
    private static boolean isNews(Tokens text, int within) {
        for (int at = within; text.isSameClause(at, within); at--) {
            if (NEWS.contains(text.word(at))) {
                return true;
            }
        }
        for (int at = within; text.isSameClause(within, at); at++) {
            if (NEWS.contains(text.word(at))) {
                return true;
            }
        }
        return false;
    }

    /** "Cauda equina injury in March 2021", "in March of 2021". */
    private static boolean isMonth(Tokens text, int at) {
        return MONTH_NAMES.contains(text.word(text.word(at).equals("of") ? at - 1 : at));
    }

    private static @Nullable Integer year(String word) {
        boolean written = word.length() == 4
                && (word.startsWith("19") || word.startsWith("20"))
                && Character.isDigit(word.charAt(2))
                && Character.isDigit(word.charAt(3));
        return written ? Integer.valueOf(word) : null;
    }
}
