package org.referralgateway.clinical.tables;

import static org.referralgateway.clinical.tables.Stance.words;

import java.util.Set;

/** Whether something is said of a relative, who is not the patient. */
final class Relatives {

    private static final Set<String> RELATIVES = words(
            "mother father brother sister aunt uncle grandmother grandfather cousin son daughter husband wife partner maternal"
                    + " paternal familial mother's father's brother's sister's son's daughter's husband's wife's fh fhx parents"
                    + " parent siblings sibling mum dad mutter vater bruder schwester mère père frère soeur sœur madre padre hermano"
                    + " hermana ehefrau ehemann gattin gatte lebensgefährtin lebensgefährte tochter sohn épouse époux mari fils"
                    + " esposa esposo marido hija hijo echtgenote echtgenoot dochter zoon zus broer moeder vader moglie marito figlio"
                    + " figlia sorella fratello");

    /** Who speaks or is spoken of between a relative and a danger is the patient. */
    private static final Set<String> OF_THE_PATIENT = words(
            "says said say reports reported report states stated told tells worried worries concerned thinks noticed notices"
                    + " found finds describes described believes fears feels that she he her him they patient pt i himself herself"
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
            boolean diedOf = word.equals("of") && text.word(at - 1).equals("died");
            if (OF_THE_PATIENT.contains(word) && !diedOf) {
                return false;
            }
            // "Her son, who is dependent", "her mother-in-law, who has": the clause is about them.
            int end = text.word(at + 1).equals("in") && text.word(at + 2).equals("law") ? at + 2 : at;
            int commas = text.word(end + 1).equals("who") ? text.commasBetween(end, end + 1) : 0;
            if (RELATIVES.contains(word) && first - end <= NEAR && text.commasBetween(at, first) == commas) {
                return true;
            }
        }
        for (int at = last + 1; at <= last + 4 && text.isSameClause(last, at); at++) {
            boolean relative =
                    RELATIVES.contains(text.word(at)) || text.word(at).equals("family");
            var before = text.word(at - 1);
            boolean in = IN.contains(before) || (WHOSE.contains(before) && IN.contains(text.word(at - 2)));
            if (relative && in) {
                return true;
            }
        }
        return false;
    }
}
