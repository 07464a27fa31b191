package org.referralgateway.clinical.tables;

import static org.referralgateway.clinical.tables.Stance.words;

import java.util.Set;

/**
 * Whether a denial reaches what is said: one before it, of a single thing or of a list, or one after it. It reaches only as far
 * as the words belong to it: not past a comma without "or", not past "and", "because", "she is" and the like.
 */
final class Denials {

    /** Deny all of the list that follows. */
    private static final Set<String> LIST_DENIALS =
            words("denies denied deny denying neither verneint nie niega niegan");

    /** Deny what follows at once, or a list that "or" ends. */
    private static final Set<String> DENIALS =
            words("no not without never nil neg non nor kein keine keinen keinerlei nicht ohne pas sans aucun aucune"
                    + " sin ningún ninguna geen niet zonder cannot");

    /** Deny a thing even with one more word before it: "no spinal cord compression". */
    private static final Set<String> NONE =
            words("no without nil kein keine keinen keinerlei ohne sans aucun aucune sin ningún ninguna geen zonder");

    /** May stand between a denial and what it denies: it is what is said of the patient that "no" and "not" take back. */
    private static final Set<String> HARMLESS = words(
            "used use using uses taken consumed abused misused "
                    + "a an the any of for to at in with been be being have having has had having feel feeling felt feels experiencing"
                    + " experienced experience expressing expressed express expresses endorsing endorse endorsed reporting reported"
                    + " report showing shows active actively current currently acute acutely present presently overt overtly frank"
                    + " frankly clear known evidence sign signs symptom symptoms history hx h o feature features suggestion"
                    + " indication indications concern concerns suspicion thought thoughts idea ideas ideation intent intention"
                    + " intentions plan plans wish past previous prior recent new significant further ongoing active suicidal"
                    + " passive passively such as like including red flag flags d'idées self harm she he they patient pt is are was were clinically considered think thinks believe believes"
                    + " appear appears look looks seem seems personal abuse use misuse severe serious major formal diagnosis"
                    + " diagnosed documented record possible likely chance risk increased abnormal de des du le la les une un eine"
                    + " einer hinweis hinweise auf für anzeichen akute akuten ideación antecedentes tiene presenta el los las una");

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

    private static final Set<String> DENIED_AFTER =
            words("denied negative absent none nil excluded neg verneint negiert distanziert");

    /** Deny what they end: in front of a noun they are said of that. */
    private static final Set<String> NEGATIVE = words("no negativ négatif négative negativo negativa negatief");

    private static final Set<String> RULED_OUT =
            words("ausgeschlossen uitgesloten exclu exclue écarté écartée descartado descartada");

    /** "Muss ausgeschlossen werden", "damit ausgeschlossen wird": it is still to be ruled out. */
    private static final Set<String> TO_BE =
            words("muss müssen soll sollte sollten sollen damit bitte bis ohne um werden wird dient moet"
                    + " moeten te worden doit doivent afin pour être debe deben hay ser para zu");

    private static final Set<String> FILLERS = words(
            "is was were are has have been test screen status result currently ideation ideas thoughts intent disorder today"
                    + " symptoms signs now all klar glaubhaft eindeutig aktuell wird");

    private static final Set<String> EXCLUDES = words("excluded excludes");

    /** After "negative": then a list follows. */
    private static final Set<String> FOR = words("for screen");

    /** After "no": then a list follows. */
    private static final Set<String> NO_LIST = words("evidence history signs red features symptoms h hx current known");

    private static final int ITEM = 4;

    private Denials() {}

    static boolean reach(Tokens text, int first, int last) {
        return isDeniedBefore(text, first, last) || isDeniedAfter(text, last);
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
        if (!EXCLUDES.contains(text.word(at))) {
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
                || (word.equals("negative") && FOR.contains(next))
                || (word.equals("free")
                        && next.equals("of")
                        && !text.word(at - 1).equals("not"))
                || (word.equals("absence") && next.equals("of"))
                || (word.equals("no")
                        && NO_LIST.contains(next)
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

    private static boolean isToBeDone(Tokens text, int ruledOut) {
        int from = ruledOut;
        while (text.isSameClause(from - 1, ruledOut)) {
            from--;
        }
        for (int at = from; text.isSameClause(ruledOut, at); at++) {
            if (TO_BE.contains(text.word(at))) {
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
                || (NEGATIVE.contains(word) && ends)
                || (RULED_OUT.contains(word) && !isToBeDone(text, at))
                || (word.equals("not") && text.word(at + 1).equals("present"));
    }
}
