package org.referralgateway.clinical.tables;

import static org.referralgateway.clinical.tables.Stance.words;

import java.util.Set;

/** Whether something is said of a relative, who is not the patient. */
final class Relatives {

    private static final Set<String> RELATIVES = words(
            "mother father brother sister aunt uncle grandmother grandfather cousin daughter husband wife partner maternal"
                    + " paternal familial mother's father's brother's sister's son's daughter's husband's wife's fh fhx parents"
                    + " parent siblings sibling mum dad mutter vater bruder schwester mère père frère soeur sœur madre padre hermano"
                    + " hermana");

    /** Of these so much is said of the patient's company that a verb has to say that it is about them: "Ehefrau ist schwanger". */
    private static final Set<String> WITH_A_VERB = words(
            "son ehefrau ehemann gattin gatte lebensgefährtin lebensgefährte tochter sohn épouse époux mari fils esposa esposo"
                    + " marido hija hijo echtgenote echtgenoot dochter zoon zus broer moeder vader moglie marito figlio figlia"
                    + " sorella fratello");

    private static final Set<String> VERBS =
            words("has had is was died suffers suffered hat hatte ist war leidet litt starb"
                    + " a avait est était souffre tiene tenía está es padece heeft lijdt soffre ha aveva è");

    /** Before English "son", which is French for "his". */
    private static final Set<String> BEFORE_SON = words("her his their my our the older younger eldest elder");

    private static final Set<String> LOSS = words("death loss passing bereavement funeral");

    /** Who speaks or is spoken of between a relative and a danger is the patient. */
    private static final Set<String> OF_THE_PATIENT = words(
            "says said say reports reported report states stated told tells worried worries concerned thinks noticed notices"
                    + " found finds describes described believes fears feels that she he her him they patient pt i himself herself"
                    + " berichtet berichten sagt erzählt meldet laut besorgt sorge begleitung wegen und er ihr ihm et elle il lui rapporte dit"
                    + " signale selon inquiet inquiète décrit y e ella él refiere dice cuenta según preocupado preocupada informa en"
                    + " zij hij meldt zegt vertelt volgens bezorgd by about removed hid alarmed"
                    + " witnessed called brought confirms informs mentions saw heard aware states ring rang phoned left of and"
                    + " currently now active actively");

    private static final Set<String> HISTORY = words("history hx h");
    private static final Set<String> IN = words("in of");
    private static final Set<String> WHOSE = words("her his their the a");

    private static final int NEAR = 6;

    private Relatives() {}

    /** "Mother has", "family history: x, y", "in her brother"; not "his wife says that he", not "since her mother died". */
    static boolean isOf(Tokens text, int first, int last) {
        for (int at = first - 1; text.isSameClause(at, first); at--) {
            var word = text.word(at);
            if (word.equals("family") && HISTORY.contains(text.word(at + 1))) {
                return true;
            }
            boolean diedOf = (word.equals("of") || word.equals("by"))
                    && text.word(at - 1).equals("died");
            if (OF_THE_PATIENT.contains(word) && !diedOf) {
                return false;
            }
            if (isRelative(text, at) && isNear(text, at, first)) {
                return true;
            }
        }
        for (int at = last + 1; at <= last + 4 && text.isSameClause(last, at); at++) {
            var word = text.word(at);
            boolean relative = RELATIVES.contains(word) || WITH_A_VERB.contains(word) || word.equals("family");
            int in = IN.contains(text.word(at - 1)) ? at - 1 : WHOSE.contains(text.word(at - 1)) ? at - 2 : at;
            if (relative && IN.contains(text.word(in)) && !LOSS.contains(text.word(in - 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRelative(Tokens text, int at) {
        var word = text.word(at);
        if (!WITH_A_VERB.contains(word)) {
            return RELATIVES.contains(word);
        }
        var next = text.word(end(text, at) + 1);
        boolean english = word.equals("son") && BEFORE_SON.contains(text.word(at - 1));
        return english || VERBS.contains(next);
    }

    /** The last word of "mother-in-law". */
    private static int end(Tokens text, int at) {
        return text.word(at + 1).equals("in") && text.word(at + 2).equals("law") ? at + 2 : at;
    }

    /** Within a few words and no comma, but that of "her son, who is dependent". */
    private static boolean isNear(Tokens text, int at, int first) {
        int end = end(text, at);
        if (text.commasBetween(at, first) == 0) {
            return first - end <= NEAR;
        }
        boolean who = text.word(end + 1).equals("who")
                && VERBS.contains(text.word(end + 2))
                && text.commasBetween(at, first) == text.commasBetween(end, end + 1);
        return who && first - end <= NEAR - 1;
    }
}
