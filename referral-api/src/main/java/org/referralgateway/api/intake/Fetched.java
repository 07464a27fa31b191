package org.referralgateway.api.intake;

import java.util.List;
import org.referralgateway.mapper.MappingIssue;

/** What came of reading a referral from its sender's server. */
sealed interface Fetched {

    /**
     * @param bundle a collection of the Task, the ServiceRequest and its parts, each byte for byte as it was read, under
     *     its address
     */
    record Whole(byte[] bundle) implements Fetched {}

    /** Not now; it may work later. */
    record Failed(String reason) implements Fetched {}

    /** It never will. */
    record Unusable(List<MappingIssue> issues) implements Fetched {}
}
