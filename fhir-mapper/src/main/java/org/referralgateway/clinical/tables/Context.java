package org.referralgateway.clinical.tables;

import static org.referralgateway.clinical.tables.Stance.words;

import java.util.Set;

/**
 * What the words around a phrase make of it. Modelled on NegEx (Chapman 2001, J Biomed Inform 34:301): a trigger counts up to
 * the next end of a clause. Names of conditions and of drugs need no more than this; dangers are read by {@link Stance}.
 *
 * @param denied by a word in its sentence, which may be the head of a list
 * @param deniedAtOnce by a word just before it
 */
record Context(boolean denied, boolean deniedAtOnce, boolean ofFamily) {

    private static final Set<String> NEGATIONS =
            words("no not non denies denied denying without never neither nor negative"
                    + " excluded excludes absent unlikely nil absence isn't doesn't didn't hasn't wasn't cannot rules refuted kein keine"
                    + " keinen ohne nicht pas sans aucun aucune sin niega geen niet");
    private static final Set<String> DENIALS_AFTER =
            words("excluded negative absent unlikely denied denies refuted no none nil");
    private static final Set<String> FAMILY =
            words("family mother father brother sister aunt uncle grandmother grandfather"
                    + " parent parents sibling siblings son daughter cousin familial fh fhx maternal paternal");
    private static final Set<String> PARTNERS = words("husband wife partner spouse");
    private static final Set<String> HAVE = words("is has had was died suffers suffered");
    private static final Set<String> ANOTHER =
            words("and or he she they that who noticed reported worried concerned supportive told aware");
    private static final Set<String> TURNS = words("but however although though yet except despite");
    private static final Set<String> NO_DENIAL_AFTER = words("only longer further doubt change improvement just");

    private static final int REACH = 6;
    private static final int AT_ONCE = 3;
    private static final int AFTER = 4;

    /**
     * @param at number of the phrase's first word
     * @param length how many words it has
     */
    static Context of(Words text, int at, int length) {
        boolean denied = false;
        boolean atOnce = false;
        boolean clause = false;
        boolean family = false;
        for (int i = at - 1; i >= 0 && !text.endsSentence(i) && !TURNS.contains(text.words()[i]); i--) {
            boolean denies = NEGATIONS.contains(text.words()[i]);
            clause |= text.endsClause(i);
            atOnce |= denies && !clause && at - i <= AT_ONCE;
            denied |= denies && at - i <= REACH && !(i + 1 < at && NO_DENIAL_AFTER.contains(text.words()[i + 1]));
            family |= FAMILY.contains(text.words()[i]) || isOfPartner(text, i, at);
        }
        int end = at + length;
        for (int i = end; i < text.words().length && i < end + AFTER && !text.endsClause(i - 1); i++) {
            denied |= deniesBefore(text, i);
            family |= FAMILY.contains(text.words()[i]) && isAfterIn(text, i, end);
        }
        return new Context(denied, atOnce, family);
    }

    /**
     * "Her husband is having", "his wife had". A partner is mostly the one who tells of the patient, so only within a few words of
     * such a verb counts, and not where somebody else comes in between.
     */
    private static boolean isOfPartner(Words text, int i, int at) {
        if (!PARTNERS.contains(text.words()[i]) || at - i > REACH || !HAVE.contains(text.words()[i + 1])) {
            return false;
        }
        for (int k = i; k < at; k++) {
            if (text.endsClause(k) || ANOTHER.contains(text.words()[k])) {
                return false;
            }
        }
        return true;
    }

    private static boolean deniesBefore(Words text, int i) {
        var word = text.words()[i];
        return DENIALS_AFTER.contains(word)
                || (word.equals("ruled") && i + 1 < text.words().length && text.words()[i + 1].equals("out"));
    }

    /** "In her brother", "in brother". */
    private static boolean isAfterIn(Words text, int i, int end) {
        return text.words()[i - 1].equals("in") || (i > end && text.words()[i - 2].equals("in"));
    }
}
