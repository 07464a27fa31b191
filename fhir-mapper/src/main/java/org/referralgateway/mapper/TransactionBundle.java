package org.referralgateway.mapper;

import org.hl7.fhir.r4.model.Bundle;

/** A transaction Bundle: entries that each say how they are to be stored. US Core, AU eRequesting and most others send it. */
final class TransactionBundle implements Dialect {

    @Override
    public String wireName() {
        return "transaction-bundle";
    }

    @Override
    public boolean recognises(Sent sent) {
        return sent.isBundle(Bundle.BundleType.TRANSACTION);
    }

    @Override
    public Submission read(Sent sent) {
        return new BundlePlan(this, sent).submission();
    }
}
