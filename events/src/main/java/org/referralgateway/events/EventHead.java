package org.referralgateway.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a record say of its event: enough to route it and to keep the order, without reading its data.
 *
 * @param sequence per referral and topic, gapless, from 1
 */
public record EventHead(
        UUID id,
        EventType type,
        String sender,
        ReferralId referral,
        long sequence,
        Instant time,
        @Nullable String traceparent) {

    EventEnvelope with(GatewayEvent event) {
        return new EventEnvelope(id, sender, referral, sequence, time, traceparent, event);
    }
}
