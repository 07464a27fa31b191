package org.referralgateway.mapper;

/** Names out of a payload that have to be shown, made harmless: a property's name may hold anything, even a patient's. */
final class Quoted {

    private Quoted() {}

    /**
     * The name where it looks like one, else a placeholder. Of digits FHIR's names have 64 only ({@code valueInteger64}); a
     * patient's number or birthday in the place of a name is not shown.
     */
    static String name(String name) {
        boolean looksLikeOne = name.length() <= 40
                && name.replace("64", "")
                        .chars()
                        .allMatch(c -> c == '_' || c == '-' || (c < 128 && Character.isLetter(c)));
        return looksLikeOne && !name.isEmpty() ? name : "(unprintable name)";
    }
}
