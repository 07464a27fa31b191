package org.referralgateway.clinical.tables;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a text says something: as so, as not so, as over, of a relative, or as a possibility. Where the words around do not
 * settle it, it is {@link #STATED}: a danger that is read where there is none costs a look, one that is missed may cost more.
 */
public enum Stance {
    STATED,
    PAST,
    DENIED,
    HYPOTHETICAL,
    FAMILY;

    private static final Set<String> PAST_WORDS =
            words("past previous previously prior former formerly remote ex childhood früher frühere"
                    + " antécédent antécédents antecedente");

    private static final Set<String> OVER_WORDS = words("remission resolved ago recovered");
    /** What somebody says of the future or of a condition: "if nothing helps she will". */
    private static final Set<String> INTENTIONS = words(
            "will would might could may going wants want plans planning intends threatens threatened rather she'll he'll i'll");

    /** So many months ago is not yet the past. */
    private static final Set<String> FEW = words("a one two three four five six 1 2 3 4 5 6 few couple some"
            + " einem zwei drei vier fünf sechs paar un deux trois quatre cinq quelques dos tres cuatro cinco seis"
            + " een twee drie vier vijf zes");

    /** As words, and as "2/7" and "3/52" are written. */
    private static final Set<String> SHORT = words(
            "days day weeks week wk wks fortnight fortnights hours hour hrs minutes nights night weekend morning evening 7 52"
                    + " tag tage tagen woche wochen nacht stunden nuit noche jour jours semaine semaines heures día días semana semanas horas"
                    + " dag dagen weken uur");

    private static final Set<String> YEAR_UNITS = words("year years decade");

    private static final Set<String> MONTH_UNITS = words("month months 12 monat monaten mois mes meses maand maanden");

    /** Before a time: "vor drei Wochen", "hace tres semanas"; and "il y a trois semaines". */
    private static final Set<String> AGO_BEFORE = words("vor hace");

    private static final Set<String> AGO_AFTER = words("ago geleden");
    private static final Set<String> LAST = words("last this past letzte letzten letzter diese dieser vorige");
    private static final Set<String> LAST_AFTER = words("dernière dernier pasada pasado");
    private static final Set<String> YESTERDAY =
            words("yesterday today tonight gestern heute hier aujourd'hui ayer hoy gisteren vandaag ieri oggi");

    private static final int NEAR = 6;

    /** Before "if": it is not known whether, so that nothing depends on it. */
    private static final Set<String> NO_CONDITION = words("unsure unclear know known sure uncertain as");

    /** Before "for": what is to be looked out for. */
    private static final Set<String> WATCH = words("watch look advice monitor");

    private static final Set<String> WISH =
            words("become becoming planning plans trying avoid avoiding prevent desires");

    private static final Set<String> HISTORY = words("history hx hist");

    static Set<String> words(String text) {
        return new HashSet<>(List.of(Letters.plain(text).split(" ")));
    }

    /**
     * @param first word of what is said
     * @param last word of it
     */
    static Stance of(Tokens text, int first, int last) {
        if (Relatives.isOf(text, first, last)) {
            return FAMILY;
        }
        if (isHypothetical(text, first)) {
            return HYPOTHETICAL;
        }
        if (Denials.reach(text, first, last)) {
            return DENIED;
        }
        return isPast(text, first, last) ? PAST : STATED;
    }

    private static boolean isHypothetical(Tokens text, int first) {
        boolean intends = false;
        for (int at = first - 1; at >= first - 8 && text.isSameClause(at, first); at--) {
            if (text.commasBetween(at, first) > 0) {
                return false;
            }
            var word = text.word(at);
            var before = text.word(at - 1);
            boolean condition = word.equals("unless") || (word.equals("if") && !NO_CONDITION.contains(before));
            if (condition) {
                return !intends;
            }
            boolean watched = word.equals("for") && WATCH.contains(before);
            if (watched || (first - at <= 3 && isWishOfPregnancy(text, at, first))) {
                return true;
            }
            intends |= INTENTIONS.contains(word);
        }
        return false;
    }

    /** "Trying to become pregnant"; what somebody plans to do to herself is no possibility but a danger. */
    private static boolean isWishOfPregnancy(Tokens text, int at, int first) {
        return text.word(first).startsWith("pregnan") && WISH.contains(text.word(at));
    }

    /** "Hx of NSTEMI 3 weeks ago", "Z.n. Herzinfarkt vor drei Wochen": the time beside it decides, not the word "history". */
    private static boolean isRecent(Tokens text, int last) {
        for (int at = last + 1; at <= last + NEAR && text.isSameClause(last, at); at++) {
            if (at - 1 > last && text.commasBetween(at - 1, at) > 0) {
                return false;
            }
            var word = text.word(at);
            boolean ago = AGO_AFTER.contains(word) && isShort(text, at - 1);
            boolean thereIs = word.equals("a") && text.word(at - 1).equals("y");
            boolean before = (thereIs || AGO_BEFORE.contains(word)) && isShortWithin(text, at + 1, at + 4);
            boolean lately = LAST.contains(word) && isWeekOrMonth(text.word(at + 1));
            boolean latelyAfter = LAST_AFTER.contains(word) && isWeekOrMonth(text.word(at - 1));
            if (ago || before || lately || latelyAfter || YESTERDAY.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** "Over the past month", "in the previous two to three weeks", "past 6/52": until today. */
    private static boolean isTimeUntilNow(Tokens text, int past, int first) {
        for (int at = past + 1; at <= past + 4 && at < first; at++) {
            var word = text.word(at);
            if (isWeekOrMonth(word) || YEAR_UNITS.contains(word) || isWrittenUnit(text, at)) {
                return true;
            }
        }
        return false;
    }

    /** The second number of "6/52", "2/7" and "3/12". */
    private static boolean isWrittenUnit(Tokens text, int at) {
        var unit = text.word(at);
        return isUnit(unit) && isNumber(unit) && isNumber(text.word(at - 1));
    }

    /** As a word: "last 12" may be of years. */
    private static boolean isWeekOrMonth(String word) {
        return isUnit(word) && !isNumber(word);
    }

    private static boolean isUnit(String word) {
        return SHORT.contains(word) || MONTH_UNITS.contains(word);
    }

    private static boolean isNumber(String word) {
        return !word.isEmpty() && Character.isDigit(word.charAt(0));
    }

    private static boolean isShortWithin(Tokens text, int from, int to) {
        for (int at = from; at <= to && text.isSameClause(from, at); at++) {
            if (isShort(text, at)) {
                return true;
            }
        }
        return false;
    }

    /** Days or weeks, or not many months. */
    private static boolean isShort(Tokens text, int unit) {
        var word = text.word(unit);
        return SHORT.contains(word) || (MONTH_UNITS.contains(word) && FEW.contains(text.word(unit - 1)));
    }

    private static boolean isPast(Tokens text, int first, int last) {
        if (isRecent(text, last)) {
            return false;
        }
        for (int at = first - 1; at >= first - NEAR && text.isSameClause(at, first); at--) {
            if (text.commasBetween(at, first) > 0) {
                break;
            }
            var word = text.word(at);
            if (word.equals("recent") || word.equals("recently") || word.equals("current")) {
                return false;
            }
            boolean history = HISTORY.contains(word)
                    || (word.equals("h") && text.word(at + 1).equals("o"))
                    || (word.equals("z") && text.word(at + 1).equals("n"))
                    || (word.equals("zustand") && text.word(at + 1).equals("nach"));
            boolean longer = word.equals("longer") && text.word(at - 1).equals("no");
            boolean past = PAST_WORDS.contains(word) && !isTimeUntilNow(text, at, first);
            if (history || longer || past) {
                return true;
            }
        }
        for (int at = last + 1; at <= last + NEAR && text.isSameClause(last, at); at++) {
            if (OVER_WORDS.contains(text.word(at))
                    && !isShort(text, at - 1)
                    && !text.word(at - 1).equals("not")) {
                return true;
            }
        }
        return false;
    }
}
