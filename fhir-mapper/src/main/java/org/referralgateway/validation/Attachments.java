package org.referralgateway.validation;

/** The size and hash of an Attachment are those of its data. */
final class Attachments {

    private Attachments() {}

    static void check(Node attachment, Findings findings) {
        if (attachment.has("size") || attachment.has("hash")) {
            findings.undecided(attachment, "Size and hash of an attachment are not compared here.");
        }
    }
}
