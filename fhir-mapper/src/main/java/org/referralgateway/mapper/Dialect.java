package org.referralgateway.mapper;

/**
 * The shapes in which referrals arrive. One row per shape; the reader asks them in this order.
 *
 * <p>Message Bundles, document Bundles and Tasks that point to a referral elsewhere are named so that they can be refused
 * by name; they are not understood yet.
 */
public enum Dialect {
    BARE_SERVICE_REQUEST("bare-service-request", true),
    TRANSACTION_BUNDLE("transaction-bundle", true),
    BATCH_BUNDLE("batch-bundle", true),
    COLLECTION_BUNDLE("collection-bundle", true),
    /** A Patient, a Condition and so on, sent alone ahead of its referral. */
    SUPPORTING_RESOURCE("supporting-resource", true),
    MESSAGE_BUNDLE("message-bundle", false),
    DOCUMENT_BUNDLE("document-bundle", false);

    private final String wireName;
    private final boolean understood;

    Dialect(String wireName, boolean understood) {
        this.wireName = wireName;
        this.understood = understood;
    }

    /** As events and receipts name it. */
    public String wireName() {
        return wireName;
    }

    /** False where the gateway knows the shape but does not take it yet. */
    public boolean isUnderstood() {
        return understood;
    }
}
