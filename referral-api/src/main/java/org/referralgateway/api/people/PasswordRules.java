package org.referralgateway.api.people;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.util.ArrayList;
import java.util.List;

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
        theirs.addAll(List.of(login, name, "referral", "gateway", "clinic", "referral gateway"));
        var looked = password.substring(0, Math.min(ESTIMATED, password.length()));
        return estimate.measure(looked, theirs).getScore() < GOOD
                ? List.of("The new password is among the first that somebody would try. Several words that have nothing"
                        + " to do with each other make a good one.")
                : List.of();
    }
}
