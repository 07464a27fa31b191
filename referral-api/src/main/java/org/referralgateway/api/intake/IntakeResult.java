package org.referralgateway.api.intake;

import java.util.List;
import java.util.UUID;
import org.referralgateway.mapper.MappingIssue;

/** What became of something a placer sent. */
sealed interface IntakeResult {

    /**
     * New, and durable.
     *
     * @param issues what travels with each referral, by its entry
     */
    record Accepted(StoredSubmission stored, List<Receipt> receipts) implements IntakeResult {}

    /** The same was sent before; this is what came of it then. */
    record Known(StoredSubmission stored) implements IntakeResult {}

    /** Refused, with everything that is wrong. Nothing was stored. */
    record Refused(List<MappingIssue> issues) implements IntakeResult {}

    /** What travels with one referral. */
    record Receipt(UUID referral, int entry, List<MappingIssue> issues) {}
}
