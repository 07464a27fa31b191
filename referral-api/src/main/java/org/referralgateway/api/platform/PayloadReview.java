package org.referralgateway.api.platform;

import org.referralgateway.mapper.CheckedPayload;

/** Looks at each payload once more after the strict reading, and adds what it finds. */
public interface PayloadReview {

    /**
     * @param json of FHIR R4
     * @param checked what the strict reading found
     */
    CheckedPayload review(byte[] json, CheckedPayload checked);
}
