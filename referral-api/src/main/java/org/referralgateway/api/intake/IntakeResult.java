package org.referralgateway.api.intake;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.referralgateway.mapper.MappingIssue;

/** What became of something a placer sent. */
sealed interface IntakeResult {

    /**
     * New, and durable.
     *
     * @param receipts what travels with each referral, by its entry
     * @param alsoAmended what is said about referrals from before that use a resource which this one replaced
     */
    record Accepted(StoredSubmission stored, List<Receipt> receipts, List<MappingIssue> alsoAmended)
            implements IntakeResult {}

    /**
     * Kept until something else arrives; the task tells how it goes on.
     *
     * @param issues what it waits for
     */
    record Parked(UUID task, Instant until, List<MappingIssue> issues) implements IntakeResult {}

    /** About a referral that is here already and has this coordination task. Nothing was stored. */
    record Followed(UUID referral, UUID task) implements IntakeResult {}

    /** The same was sent before; this is what came of it then. */
    record Known(StoredSubmission stored) implements IntakeResult {}

    /** Refused, with everything that is wrong. Nothing was stored. */
    record Refused(List<MappingIssue> issues) implements IntakeResult {}

    /** What travels with one referral. */
    record Receipt(UUID referral, int entry, List<MappingIssue> issues) {}
}
