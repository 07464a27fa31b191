package org.referralgateway.clinical.tables;

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

    /** Deny all of the list that follows. */
    private static final Set<String> LIST_DENIALS = words("denies denied deny denying neither verneint nie");

    /** Deny what follows at once, or a list that "or" ends. */
    private static final Set<String> DENIALS = words(
            "no not without never nil neg non nor kein keine keinen keinerlei nicht ohne pas sans aucun aucune cannot");

    /** Deny a thing even with one more word before it: "no spinal cord compression". */
    private static final Set<String> NONE = words("no without nil kein keine keinen keinerlei ohne sans aucun aucune");

    /** May stand between a denial and what it denies: it is what is said of the patient that "no" and "not" take back. */
    private static final Set<String> HARMLESS = words("used use using uses taken consumed abused misused "
            + "a an the any of for to at in with been be being have having has had having feel feeling felt feels experiencing"
            + " experienced experience expressing expressed express expresses endorsing endorse endorsed reporting reported"
            + " report showing shows active actively current currently acute acutely present presently overt overtly frank"
            + " frankly clear known evidence sign signs symptom symptoms history hx h o feature features suggestion"
            + " indication indications concern concerns suspicion thought thoughts idea ideas ideation intent intention"
            + " intentions plan plans wish past previous prior recent new significant further ongoing active suicidal"
            + " passive passively such as like including red flag flags d'idées self harm she he they patient pt is are was were clinically considered think thinks believe believes"
            + " appear appears look looks seem seems personal abuse use misuse severe serious major formal diagnosis"
            + " diagnosed documented record possible likely chance risk increased abnormal de des du le la les une un eine"
            + " einer hinweis hinweise auf für anzeichen");

    /** Begins another thought, which a denial before it does not reach. */
    private static final Set<String> TURNS = words(
            "because since while so then therefore hence when whenever after until leading causing who which now today is are was"
                    + " were has have had feels feel felt wants want wanted reports report reported says said states hears hear"
                    + " sees admits admitted expresses remains became becomes become developed started she he they patient pt"
                    + " sometimes often daily still again only endorses endorse endorsed reporting expressing expressed express describes"
                    + " voices voiced discloses disclosed active actively current currently");

    private static final Set<String> ALTERNATIVES = words("or nor oder ni ou");

    /** After "no" or "not": it is not the danger that is denied. */
    private static final Set<String> OTHER_THAN_DENIED = words(
            "only just sure certain clear excluded exclude possible able controlled improved improving improvement relief change"
                    + " changes doubt effect benefit help response difference reduction success better resolved settled treated"
                    + " answered assessed asked known tested until longer recovered");

    private static final Set<String> RELATIVES = words(
            "mother father brother sister aunt uncle grandmother grandfather cousin son daughter husband wife partner maternal"
                    + " paternal familial mother's father's brother's sister's son's daughter's husband's wife's fh fhx parents"
                    + " parent siblings sibling mum dad");

    /** Who speaks or is spoken of between a relative and a danger is the patient. */
    private static final Set<String> OF_THE_PATIENT = words(
            "says said say reports reported report states stated told tells worried worries concerned thinks noticed notices"
                    + " found finds describes described believes fears feels that she he her him they patient pt i himself herself"
                    + " witnessed called brought confirms informs mentions saw heard aware states ring rang phoned left of and"
                    + " currently now active actively");

    private static final Set<String> PAST_WORDS =
            words("past previous previously prior former formerly remote ex childhood früher frühere");

    private static final Set<String> OVER_WORDS = words("remission resolved ago recovered");
    private static final Set<String> DENIED_AFTER = words("denied negative absent none nil excluded neg verneint");
    private static final Set<String> FILLERS = words(
            "is was were are has have been test screen status result currently ideation ideas thoughts intent disorder today"
                    + " symptoms signs now all");

    /** What somebody says of the future or of a condition: "if nothing helps she will". */
    private static final Set<String> INTENTIONS = words(
            "will would might could may going wants want plans planning intends threatens threatened rather she'll he'll i'll");

    /** So many months ago is not yet the past. */
    private static final Set<String> FEW = words("a one two three four five six 1 2 3 4 5 6 few couple some");

    private static final int NEAR = 6;
    private static final int ITEM = 4;

    private static Set<String> words(String text) {
        return new java.util.HashSet<>(List.of(text.split(" ")));
    }

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

    /** "Mother has", "family history: x, y", "in her brother"; not "his wife says that he", not "since her mother died". */
    private static boolean isOfFamily(Tokens text, int first, int last) {
        for (int at = first - 1; text.isSameClause(at, first); at--) {
            var word = text.word(at);
            if (word.equals("family") && Set.of("history", "hx", "h").contains(text.word(at + 1))) {
                return true;
            }
            if (OF_THE_PATIENT.contains(word)) {
                return false;
            }
            if (RELATIVES.contains(word) && first - at <= NEAR && text.commasBetween(at, first) == 0) {
                return true;
            }
        }
        for (int at = last + 1; at <= last + 4 && text.isSameClause(last, at); at++) {
            boolean relative =
                    RELATIVES.contains(text.word(at)) || text.word(at).equals("family");
            var before = text.word(at - 1);
            boolean in = Set.of("in", "of").contains(before)
                    || (Set.of("her", "his", "their", "the", "a").contains(before)
                            && Set.of("in", "of").contains(text.word(at - 2)));
            if (relative && in) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHypothetical(Tokens text, int first) {
        boolean intends = false;
        for (int at = first - 1; at >= first - 8 && text.isSameClause(at, first); at--) {
            if (text.commasBetween(at, first) > 0) {
                return false;
            }
            var word = text.word(at);
            var before = text.word(at - 1);
            boolean condition = word.equals("unless")
                    || (word.equals("if")
                            && !Set.of("unsure", "unclear", "know", "known", "sure", "uncertain", "as")
                                    .contains(before));
            if (condition) {
                return !intends;
            }
            boolean watched = word.equals("for")
                    && Set.of("watch", "look", "advice", "monitor").contains(before);
            if (watched || (first - at <= 3 && isWishOfPregnancy(text, at, first))) {
                return true;
            }
            intends |= INTENTIONS.contains(word);
        }
        return false;
    }

    /** "Trying to become pregnant"; what somebody plans to do to herself is no possibility but a danger. */
    private static boolean isWishOfPregnancy(Tokens text, int at, int first) {
        return text.word(first).startsWith("pregnan")
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
                        .contains(text.word(at));
    }

    private static boolean isDeniedBefore(Tokens text, int first, int last) {
        boolean atOnce = true;
        boolean reached = true;
        boolean alternative = false;
        boolean separated = false;
        int words = 0;
        for (int at = first - 1; text.isSameClause(at, first); at--) {
            var word = text.word(at);
            boolean comma = text.commasBetween(at, at + 1) > 0;
            if (comma) {
                atOnce = false;
                separated = true;
                words = 0;
            }
            boolean list = deniesList(text, at);
            if (list || denies(text, at)) {
                boolean next = words <= 1 && reached && !separated && NONE.contains(word);
                return atOnce || next || (reached && (list || alternative || isFollowedByAlternative(text, last)));
            }
            if (ALTERNATIVES.contains(word) || word.equals("and")) {
                alternative |= !word.equals("and");
                separated = true;
                atOnce &= !word.equals("and");
                reached &= !word.equals("and") || isListAnd(text, at, first);
                words = 0;
                continue;
            }
            atOnce &= HARMLESS.contains(word);
            words += HARMLESS.contains(word) ? 0 : 1;
            reached &= words <= ITEM && !TURNS.contains(word);
            if (!atOnce && !reached) {
                return false;
            }
        }
        return false;
    }

    /** "Denies x and y": only what is denied as a list is, and no verb may follow. */
    private static boolean isListAnd(Tokens text, int and, int first) {
        for (int at = and - 1; text.isSameClause(at, first); at--) {
            if (deniesList(text, at)) {
                return true;
            }
            if (denies(text, at)) {
                return false;
            }
        }
        return false;
    }

    private static boolean denies(Tokens text, int at) {
        var word = text.word(at);
        boolean denies = DENIALS.contains(word) || word.endsWith("n't") || excludes(text, at);
        return denies
                && !OTHER_THAN_DENIED.contains(text.word(at + 1))
                && !word.equals("can't")
                && !word.equals("couldn't");
    }

    /** "MRI excluded it"; not "has not excluded it", nor "cannot be excluded". */
    private static boolean excludes(Tokens text, int at) {
        if (!Set.of("excluded", "excludes").contains(text.word(at))) {
            return false;
        }
        for (int before = at - 1; before >= at - 3; before--) {
            var word = text.word(before);
            if (DENIALS.contains(word) || word.endsWith("n't") || word.equals("be") || word.equals("yet")) {
                return false;
            }
        }
        return true;
    }

    private static boolean deniesList(Tokens text, int at) {
        var word = text.word(at);
        var next = text.word(at + 1);
        return LIST_DENIALS.contains(word)
                || (word.equals("negative") && Set.of("for", "screen").contains(next))
                || (word.equals("free")
                        && next.equals("of")
                        && !text.word(at - 1).equals("not"))
                || (word.equals("absence") && next.equals("of"))
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
                                .contains(next)
                        && !(next.equals("current") && text.word(at + 2).equals("treatment")));
    }

    /** "No x, y or z": one before the last of a list. */
    private static boolean isFollowedByAlternative(Tokens text, int last) {
        for (int at = last + 1; at <= last + 2 * ITEM && text.isSameClause(last, at); at++) {
            if (ALTERNATIVES.contains(text.word(at))) {
                return true;
            }
            if (TURNS.contains(text.word(at))
                    || text.word(at).equals("and")
                    || text.word(at).equals("with")) {
                return false;
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
            boolean recently = Set.of("days", "day", "weeks", "week", "hours", "hour", "minutes", "nights")
                            .contains(text.word(at - 1))
                    || (text.word(at - 1).startsWith("month") && FEW.contains(text.word(at - 2)));
            if (OVER_WORDS.contains(text.word(at))
                    && !recently
                    && !text.word(at - 1).equals("not")) {
                return true;
            }
        }
        return false;
    }
}
