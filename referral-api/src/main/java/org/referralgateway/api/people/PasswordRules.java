package org.referralgateway.api.people;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a person may choose as a password: long, and not among the first that somebody would try. That is estimated from
 * lists of common passwords, names and words, the person's own name and ours among them. There are no rules about kinds of
 * characters: they make passwords harder for people only.
 */
final class PasswordRules {

    static final int LONGEST = 200;
    /** Beyond this it makes no difference to the estimate, only to its cost. */
    private static final int ESTIMATED = 72;
    /** Of zxcvbn's scale from 0 to 4: beyond a hundred million guesses. */
    private static final int GOOD = 3;

    private final int shortest;
    private final Zxcvbn estimate = new Zxcvbn();

    PasswordRules(int shortest) {
        this.shortest = shortest;
    }

    /** What is wrong with it, for the person to read; empty where nothing is. */
    List<String> problems(String password, String login, String name) {
        if (password.length() < shortest) {
            return List.of("The new password is too short: it needs at least " + shortest + " characters.");
        }
        if (password.length() > LONGEST) {
            return List.of("The new password is too long: " + LONGEST + " characters are the most.");
        }
        var theirs = new ArrayList<>(List.of(name.split("[^\\p{L}\\p{N}]+")));
        theirs.addAll(List.of(login, "referral", "gateway", "clinic"));
        var looked =
                password.substring(0, Math.min(ESTIMATED, password.length())).toLowerCase(Locale.ROOT);
        return !isGood(looked) || !isGood(without(theirs, looked))
                ? List.of("The new password is among the first that somebody would try. Several words that have nothing"
                        + " to do with each other make a good one.")
                : List.of();
    }

    private boolean isGood(String password) {
        return estimate.measure(password).getScore() >= GOOD;
    }

    /** What is left of a password when the words are gone that everybody would try with this person. */
    private static String without(List<String> words, String password) {
        var rest = password;
        for (var word : words) {
            if (word.length() > 2) {
                rest = rest.replace(word.toLowerCase(Locale.ROOT), "");
            }
        }
        return rest;
    }
}
