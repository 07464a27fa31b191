package org.referralgateway.api.erasure;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.referralgateway.api.vault.ErasureReason;

/** What came of the wish to erase. */
sealed interface ErasureResult {

    /** Their keys are destroyed. */
    record Done(List<UUID> referrals) implements ErasureResult {}

    /** All of them were erased before. */
    record Already(UUID referral, Instant at, ErasureReason reason) implements ErasureResult {}

    /** There is no such referral; nothing was erased. */
    record Unknown(UUID referral) implements ErasureResult {}

    /**
     * Something that was sent belongs to these, too, and can only be erased for all of them; nothing was erased.
     *
     * @param others that are neither named nor erased
     */
    record NotAlone(List<UUID> others) implements ErasureResult {}

    /** What waited is being joined at this moment; nothing was erased. */
    record BeingJoined(UUID task) implements ErasureResult {}

    /** The keyring could not be changed; nothing was erased. */
    record NoKeyring() implements ErasureResult {}

    /** In one word, for the trail and for whoever asked by {@code deploy/erase}. */
    default String word() {
        return switch (this) {
            case Done done -> "erased";
            case Already already -> "erased-before";
            case Unknown unknown -> "unknown";
            case NotAlone notAlone -> "not-alone";
            case BeingJoined beingJoined -> "being-joined";
            case NoKeyring noKeyring -> "no-keyring";
        };
    }

    /** For people. */
    default String text() {
        return switch (this) {
            case Done(var referrals) ->
                referrals.size() == 1
                        ? "The person of referral " + referrals.getFirst() + " is erased."
                        : "The persons of " + referrals.size() + " referrals are erased.";
            case Already(var referral, var at, var reason) ->
                "The person of referral " + referral + " was erased before, at " + at + ": " + reason.words() + ".";
            case Unknown(var referral) -> "There is no referral " + referral + ". Nothing was erased.";
            case NotAlone(var others) ->
                "Nothing was erased: what was sent belongs to other referrals, too. Erase them together with "
                        + String.join(", ", others.stream().map(UUID::toString).toList())
                        + ".";
            case BeingJoined(var task) ->
                "Nothing was erased: request " + task
                        + " is being looked at and may be a referral in a moment. Ask again then.";
            case NoKeyring() ->
                "Nothing was erased: the keyring could not be changed. The log of the service says why.";
        };
    }
}
