package org.referralgateway.mapper;

/**
 * One shape in which referrals are sent: how it is told from the others, and what its sender wants. Where the fields of a
 * referral lie is the same question for all of them and is answered by {@link ReferralMapper}.
 *
 * <p>A new dialect is a class that implements this and a line in {@link Dialects}; see this module's README.
 */
public interface Dialect {

    /** As events, receipts and metrics name it: lower case, words joined by hyphens. It never changes. */
    String wireName();

    /** Whether a payload has this shape. Asked only after all earlier rows of {@link Dialects} have said no. */
    boolean recognises(Sent sent);

    /** The events of a message dialect, for whoever sends another one; empty for what is no message. */
    default String events() {
        return "";
    }

    /**
     * What the sender wants done, with nothing judged yet.
     *
     * @return a submission; what is wrong with the shape is among its issues, as errors
     */
    Submission read(Sent sent);

    /** True where a draft is a request already, and not one that its sender still works on. */
    default boolean takesDrafts() {
        return false;
    }
}
