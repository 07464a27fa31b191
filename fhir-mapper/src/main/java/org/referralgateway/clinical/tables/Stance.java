package org.referralgateway.clinical.tables;

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

    /** Deny all of the list that follows. */
    private static final Set<String> LIST_DENIALS =
            Set.of("denies", "denied", "deny", "denying", "neither", "verneint", "nie");

    /** Deny what follows up to the next comma. */
    private static final Set<String> DENIALS = Set.of(
            "no",
            "not",
            "without",
            "never",
            "nil",
            "neg",
            "non",
            "kein",
            "keine",
            "keinen",
            "keinerlei",
            "nicht",
            "ohne",
            "pas",
            "sans",
            "aucun",
            "aucune",
            "nor");

    /** After "no" or "not": it is not the danger that is denied. */
    private static final Set<String> OTHER_THAN_DENIED = Set.of(
            "only",
            "just",
            "sure",
            "certain",
            "clear",
            "excluded",
            "exclude",
            "possible",
            "able",
            "controlled",
            "improved",
            "improving",
            "improvement",
            "relief",
            "change",
            "changes",
            "doubt",
            "effect",
            "benefit",
            "help",
            "response",
            "difference",
            "reduction",
            "success",
            "better",
            "resolved",
            "settled",
            "treated",
            "answered",
            "assessed",
            "asked",
            "known",
            "tested",
            "until",
            "longer");

    private static final Set<String> RELATIVES = Set.of(
            "mother",
            "father",
            "brother",
            "sister",
            "aunt",
            "uncle",
            "grandmother",
            "grandfather",
            "cousin",
            "son",
            "daughter",
            "husband",
            "wife",
            "partner",
            "maternal",
            "paternal",
            "familial",
            "mother's",
            "father's",
            "brother's",
            "sister's",
            "fh",
            "fhx",
            "parents",
            "siblings");

    private static final Set<String> PAST_WORDS = Set.of(
            "past",
            "previous",
            "previously",
            "prior",
            "former",
            "formerly",
            "remote",
            "ex",
            "childhood",
            "früher",
            "frühere");

    private static final Set<String> OVER_WORDS = Set.of("remission", "resolved", "ago", "recovered");
    private static final Set<String> DENIED_AFTER =
            Set.of("denied", "negative", "absent", "none", "nil", "excluded", "neg", "verneint");
    private static final Set<String> FILLERS = Set.of(
            "is",
            "was",
            "were",
            "are",
            "has",
            "have",
            "been",
            "test",
            "screen",
            "status",
            "result",
            "currently",
            "ideation",
            "ideas",
            "thoughts",
            "intent",
            "disorder",
            "today",
            "symptoms",
            "signs",
            "now",
            "all");
    private static final int NEAR = 6;

    /**
     * @param first word of what is said
     * @param last word of it
     */
    static Stance of(Tokens text, int first, int last) {
        if (isOfFamily(text, first, last)) {
            return FAMILY;
        }
        if (isHypothetical(text, first)) {
            return HYPOTHETICAL;
        }
        if (isDeniedBefore(text, first, last) || isDeniedAfter(text, last)) {
            return DENIED;
        }
        return isPast(text, first, last) ? PAST : STATED;
    }

    private static boolean isOfFamily(Tokens text, int first, int last) {
        for (int at = first - 1; text.isSameClause(at, first); at--) {
            var word = text.word(at);
            if (word.equals("family") && Set.of("history", "hx", "h").contains(text.word(at + 1))) {
                return true;
            }
            boolean near = first - at <= NEAR && text.commasBetween(at, first) == 0;
            if (near && RELATIVES.contains(word) && !Set.of("of", "and").contains(text.word(at + 1))) {
                return true;
            }
        }
        for (int at = last + 1; at <= last + 4 && text.isSameClause(last, at); at++) {
            boolean of = Set.of("in", "of").contains(text.word(at - 1))
                    || Set.of("her", "his", "their", "the").contains(text.word(at - 1));
            if (of && (RELATIVES.contains(text.word(at)) || text.word(at).equals("family"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHypothetical(Tokens text, int first) {
        for (int at = first - 1; at >= first - 8 && text.isSameClause(at, first); at--) {
            if (text.commasBetween(at, first) > 0) {
                return false;
            }
            var word = text.word(at);
            var before = text.word(at - 1);
            if (word.equals("if")
                    && !Set.of("unsure", "unclear", "know", "known", "sure", "uncertain", "as")
                            .contains(before)) {
                return true;
            }
            boolean watched = word.equals("for")
                    && Set.of("watch", "look", "advice", "monitor").contains(before);
            boolean wished = first - at <= 3
                    && Set.of(
                                    "become",
                                    "becoming",
                                    "planning",
                                    "plans",
                                    "trying",
                                    "avoid",
                                    "avoiding",
                                    "prevent",
                                    "desires")
                            .contains(word);
            if (watched || wished || word.equals("unless")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDeniedBefore(Tokens text, int first, int last) {
        for (int at = first - 1; text.isSameClause(at, first); at--) {
            boolean sameItem = text.commasBetween(at, first) == 0;
            if (deniesList(text, at)) {
                return true;
            }
            var word = text.word(at);
            boolean denies = DENIALS.contains(word) || word.endsWith("n't");
            if (denies
                    && !OTHER_THAN_DENIED.contains(text.word(at + 1))
                    && !word.equals("can't")
                    && !word.equals("couldn't")) {
                return sameItem ? first - at <= NEAR + 2 : isListed(text, first, last);
            }
        }
        return false;
    }

    private static boolean deniesList(Tokens text, int at) {
        var word = text.word(at);
        return LIST_DENIALS.contains(word)
                || (word.equals("negative") && Set.of("for", "screen").contains(text.word(at + 1)))
                || (word.equals("free")
                        && text.word(at + 1).equals("of")
                        && !text.word(at - 1).equals("not"))
                || (word.equals("absence") && text.word(at + 1).equals("of"))
                || (word.equals("no")
                        && Set.of(
                                        "evidence",
                                        "history",
                                        "signs",
                                        "red",
                                        "features",
                                        "symptoms",
                                        "h",
                                        "hx",
                                        "current",
                                        "known")
                                .contains(text.word(at + 1))
                        && !(text.word(at + 1).equals("current")
                                && text.word(at + 2).equals("treatment")));
    }

    /** "No x, y or z": the last of a list that "or" ends, or one before it. */
    private static boolean isListed(Tokens text, int first, int last) {
        if (Set.of("or", "nor", "oder").contains(text.word(first - 1))) {
            return true;
        }
        for (int at = last + 1; text.isSameClause(last, at); at++) {
            if (Set.of("or", "nor", "oder").contains(text.word(at))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDeniedAfter(Tokens text, int last) {
        int at = last + 1;
        while (text.isSameClause(last, at) && at <= last + 4 && FILLERS.contains(text.word(at))) {
            at++;
        }
        if (!text.isSameClause(last, at) || text.commasBetween(last, at) > 0) {
            return false;
        }
        var word = text.word(at);
        if (word.equals("ruled") && text.word(at + 1).equals("out")) {
            return !text.word(at - 1).equals("not");
        }
        boolean ends = !text.isSameClause(at, at + 1) || text.commasBetween(at, at + 1) > 0;
        return DENIED_AFTER.contains(word)
                || (word.equals("no") && ends)
                || (word.equals("not") && text.word(at + 1).equals("present"));
    }

    private static boolean isPast(Tokens text, int first, int last) {
        for (int at = first - 1; at >= first - NEAR && text.isSameClause(at, first); at--) {
            if (text.commasBetween(at, first) > 0) {
                break;
            }
            var word = text.word(at);
            if (word.equals("recent") || word.equals("recently") || word.equals("current")) {
                return false;
            }
            boolean history = Set.of("history", "hx", "hist").contains(word)
                    || (word.equals("h") && text.word(at + 1).equals("o"));
            boolean longer = word.equals("longer") && text.word(at - 1).equals("no");
            if (history || longer || PAST_WORDS.contains(word)) {
                return true;
            }
        }
        for (int at = last + 1; at <= last + NEAR && text.isSameClause(last, at); at++) {
            boolean recently = Set.of("days", "day", "weeks", "week", "hours").contains(text.word(at - 1));
            if (OVER_WORDS.contains(text.word(at))
                    && !recently
                    && !text.word(at - 1).equals("not")) {
                return true;
            }
        }
        return false;
    }
}
