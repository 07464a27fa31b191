package org.referralgateway.mapper;

import org.hl7.fhir.r4.model.Bundle;

/** A collection: entries that say no more than that they are there. All are stored together, as in a transaction. */
final class CollectionBundle implements Dialect {

    @Override
    public String wireName() {
        return "collection-bundle";
    }

    @Override
    public boolean recognises(Sent sent) {
        return sent.isBundle(Bundle.BundleType.COLLECTION);
    }

    @Override
    public Submission read(Sent sent) {
        return new BundlePlan(this, sent).submission();
    }
}
