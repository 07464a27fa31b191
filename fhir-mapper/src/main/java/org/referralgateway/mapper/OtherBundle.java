package org.referralgateway.mapper;

/** Answers, histories and search results, or no type at all: none of them asks for anything. */
final class OtherBundle implements Dialect {

    @Override
    public String wireName() {
        return "other-bundle";
    }

    @Override
    public boolean recognises(Sent sent) {
        return sent.bundle().isPresent();
    }

    @Override
    public Submission read(Sent sent) {
        var type = sent.bundle().orElseThrow().getType();
        return Submission.refused(
                this,
                sent,
                MappingIssue.error(
                        IssueCode.BUNDLE_TYPE_NOT_SUPPORTED,
                        "Bundle.type",
                        "A Bundle of type " + (type == null ? "(none)" : type.toCode())
                                + " asks for nothing. Send the referral as a ServiceRequest, or in a Bundle of type"
                                + " transaction, batch, collection, message or document."));
    }
}
