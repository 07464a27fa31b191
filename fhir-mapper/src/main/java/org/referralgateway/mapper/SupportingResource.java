package org.referralgateway.mapper;

import java.util.List;
import org.referralgateway.mapper.SentResource.Write;

/** A Patient, a Condition and so on, sent alone ahead of the referral that will point to it. */
final class SupportingResource implements Dialect {

    @Override
    public String wireName() {
        return "supporting-resource";
    }

    @Override
    public boolean recognises(Sent sent) {
        return true;
    }

    @Override
    public Submission read(Sent sent) {
        return Submission.of(this, List.of(sent.alone(new Write.Create())), sent.problems());
    }
}
