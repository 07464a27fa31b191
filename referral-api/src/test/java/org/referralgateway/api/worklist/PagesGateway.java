package org.referralgateway.api.worklist;

import org.referralgateway.api.TestGateway;

/** An instance whose only tenant no other test touches, so that what its pages show is what the tests put there. */
final class PagesGateway {

    static final String SENDER = "pages";

    private static final TestGateway INSTANCE =
            TestGateway.start("--referral.identity.demo-sender=" + SENDER, "--referral.assessment.enabled=false");

    private PagesGateway() {}

    static TestGateway instance() {
        return INSTANCE;
    }
}
