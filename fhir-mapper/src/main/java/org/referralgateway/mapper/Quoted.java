package org.referralgateway.mapper;

/** Names out of a payload that have to be shown, made harmless: a property's name may hold anything, even a patient's. */
final class Quoted {

    private Quoted() {}

    /** The name where it looks like one, else a placeholder. */
    static String name(String name) {
        boolean looksLikeOne = name.length() <= 40
                && name.chars().allMatch(c -> c == '_' || c == '-' || (c < 128 && Character.isLetterOrDigit(c)));
        return looksLikeOne && !name.isEmpty() ? name : "(unprintable name)";
    }
}
