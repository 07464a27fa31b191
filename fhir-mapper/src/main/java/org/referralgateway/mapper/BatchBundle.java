package org.referralgateway.mapper;

import org.hl7.fhir.r4.model.Bundle;

/** A batch Bundle: entries that each say how they are to be stored. US Core, AU eRequesting and most others send it. */
final class BatchBundle implements Dialect {

    @Override
    public String wireName() {
        return Dialects.BATCH_BUNDLE;
    }

    @Override
    public boolean recognises(Sent sent) {
        return sent.isBundle(Bundle.BundleType.BATCH);
    }

    @Override
    public Submission read(Sent sent) {
        return new BundlePlan(this, sent).submission();
    }
}
