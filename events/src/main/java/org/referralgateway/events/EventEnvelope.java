package org.referralgateway.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event and what surrounds it.
 *
 * @param id stable across redelivery and replay
 * @param sender the tenant whose referral it is
 * @param sequence per referral and topic, gapless, from 1
 * @param time when the change was committed (UTC)
 * @param traceparent W3C trace context of the request that caused it
 */
public record EventEnvelope(
        UUID id,
        String sender,
        ReferralId referral,
        long sequence,
        Instant time,
        @Nullable String traceparent,
        GatewayEvent event) {

    public EventEnvelope {
        if (sequence < 1) {
            throw new IllegalArgumentException("The sequence of an event starts at 1, not at " + sequence + ".");
        }
    }
}
