package org.referralgateway.api.outbox;

import java.time.Instant;
import java.util.UUID;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.events.EventCodec;
import org.referralgateway.events.EventEnvelope;
import org.referralgateway.events.ReferralEvent;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event as it is written into the outbox, ready to be sent without being serialised again.
 *
 * @param headers CloudEvents headers as a JSON object
 * @param shard which relay lane sends it; all events of a referral share one
 */
public record OutboxRow(
        String sender,
        UUID event,
        UUID referral,
        long sequence,
        String topic,
        String type,
        String headers,
        byte[] data,
        int shard,
        Instant createdAt) {

    /** How many lanes there are. Fixed, because rows remember theirs. */
    public static final int SHARDS = 16;

    private static final EventCodec CODEC = new EventCodec();
    private static final JsonMapper JSON = new JsonMapper();

    /** Its data is locked with the key of its referral here, once: the relay sends what it finds. */
    public static OutboxRow of(EventEnvelope envelope, Vault vault) {
        var referral = envelope.referral().value();
        var plain = CODEC.write(envelope);
        var wire = envelope.event() instanceof ReferralEvent.Erased ? plain : vault.lock(plain, referral);
        return new OutboxRow(
                envelope.sender(),
                envelope.id(),
                referral,
                envelope.sequence(),
                wire.topic(),
                envelope.event().type().wireName(),
                JSON.writeValueAsString(wire.headers()),
                wire.data(),
                Math.floorMod(referral.hashCode(), SHARDS),
                envelope.time());
    }
}
