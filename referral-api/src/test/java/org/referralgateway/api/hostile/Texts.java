package org.referralgateway.api.hostile;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.referralgateway.api.Referrals;

/** Words and bodies that hostile requests are made of. */
final class Texts {

    private Texts() {}

    /** A good referral of a person with this name, and more members in front. */
    static String referral(String mark, String members) {
        return referral(mark).replaceFirst("\\{", java.util.regex.Matcher.quoteReplacement("{" + members + ","));
    }

    static String referral(String mark) {
        return Referrals.aReferral(Referrals.newNumber()).replace("Nutt", mark);
    }

    static String transaction(String mark) {
        return Referrals.aTransaction(Referrals.newNumber()).replace("Birch", mark);
    }

    static String quoted(String text) {
        return "\"" + text + "\"";
    }

    static String many(int count, String what) {
        return IntStream.range(0, count).mapToObj(i -> what).collect(Collectors.joining(","));
    }

    static <T> T any(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    @SafeVarargs
    static <T> T any(Random random, T... of) {
        return of[random.nextInt(of.length)];
    }

    static int between(Random random, int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
