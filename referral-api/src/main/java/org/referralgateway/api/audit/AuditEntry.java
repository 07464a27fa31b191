package org.referralgateway.api.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the trail.
 *
 * @param sender whose referral it is about; {@link AuditTrail#HOUSE} where it is about none
 * @param actor who: {@code sender:<sender>}, {@code person:<name>} {@code system:<part>}, or
 *     {@code anonymous}
 * @param action what, for example {@code referral.received}
 * @param outcome {@code success}, {@code refused} or {@code conflict}
 * @param detail codes and ids of ours; never a person's data
 */
public record AuditEntry(
        String sender,
        Instant at,
        Who who,
        String action,
        String outcome,
        @Nullable UUID referral,
        @Nullable Integer version,
        @Nullable String requestId,
        Map<String, Object> detail) {

    /**
     * @param actor {@code sender:<sender>}, {@code person:<name>} or {@code system:<part>}
     */
    public AuditEntry(
            String sender,
            Instant at,
            String actor,
            String action,
            String outcome,
            @Nullable UUID referral,
            @Nullable Integer version,
            @Nullable String requestId,
            Map<String, Object> detail) {
        this(sender, at, Who.of(actor), action, outcome, referral, version, requestId, detail);
    }
}
