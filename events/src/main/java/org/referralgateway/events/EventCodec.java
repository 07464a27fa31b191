package org.referralgateway.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes and reads events in CloudEvents 1.0 Kafka binary mode. Source:
 * <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka protocol
 * binding</a>. The same envelope always gives the same bytes.
 *
 * <p>Reading tolerates properties it does not know, so that a newer writer does not stop an older reader.
 */
public final class EventCodec {

    /** {@code ce_source} of every event. */
    public static final String SOURCE = "/referral-gateway";

    private static final String JSON = "application/json";
    private static final int SEQUENCE_DIGITS = 12;
    private static final long LARGEST_SEQUENCE = 999_999_999_999L;

    private final JsonMapper json = JsonMapper.builder()
            .changeDefaultPropertyInclusion(old -> old.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public WireEvent write(EventEnvelope envelope) {
        var type = envelope.event().type();
        var key = envelope.referral().toString();
        var headers = new LinkedHashMap<String, String>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", envelope.id().toString());
        headers.put("ce_source", SOURCE);
        headers.put("ce_type", type.wireName());
        headers.put("ce_subject", "ServiceRequest/" + key);
        headers.put("ce_time", envelope.time().toString());
        headers.put("ce_dataschema", type.dataSchema());
        headers.put("ce_partitionkey", key);
        headers.put("ce_sequence", padded(envelope.sequence()));
        headers.put("ce_sender", envelope.sender());
        headers.put("ce_dataclassification", "restricted");
        headers.put("content-type", JSON);
        if (envelope.traceparent() != null) {
            headers.put("ce_traceparent", envelope.traceparent());
        }
        return new WireEvent(type.topic(), key, headers, json.writeValueAsBytes(envelope.event()));
    }

    /**
     * @param key of the record
     * @param headers of the record, values in UTF-8; the last one counts where a name is repeated
     * @param data of the record
     * @throws UnreadableEvent where it is no event of ours; the message never quotes the content
     */
    public EventEnvelope read(@Nullable String key, Map<String, String> headers, byte @Nullable [] data) {
        var head = head(key, headers);
        return head.with(data(head.type(), data));
    }

    /**
     * The headers alone.
     *
     * @throws UnreadableEvent as {@link #read} does
     */
    public EventHead head(@Nullable String key, Map<String, String> headers) {
        var wireName = WireEvent.required(headers, "ce_type");
        var type = EventType.named(wireName)
                .orElseThrow(() -> new UnreadableEvent("unknown-type", "The header ce_type names no known event."));
        var referral = referral(WireEvent.required(headers, "ce_subject"));
        if (!referral.toString().equals(key)) {
            throw new UnreadableEvent("bad-header", "The record's key is not the referral that ce_subject names.");
        }
        return new EventHead(
                parsed("ce_id", headers, UUID::fromString),
                type,
                WireEvent.required(headers, "ce_sender"),
                referral,
                sequence(headers),
                parsed("ce_time", headers, Instant::parse),
                headers.get("ce_traceparent"));
    }

    private static String padded(long sequence) {
        var digits = Long.toString(sequence);
        return "0".repeat(SEQUENCE_DIGITS - digits.length()) + digits;
    }

    private static ReferralId referral(String subject) {
        try {
            return ReferralId.of(subject.replaceFirst("^ServiceRequest/", ""));
        } catch (IllegalArgumentException e) {
            throw new UnreadableEvent("bad-header", "The header ce_subject is not ServiceRequest/{id}.");
        }
    }

    private static long sequence(Map<String, String> headers) {
        long sequence = parsed("ce_sequence", headers, Long::parseLong);
        if (sequence < 1 || sequence > LARGEST_SEQUENCE) {
            throw new UnreadableEvent(
                    "bad-header", "The header ce_sequence is not between 1 and " + LARGEST_SEQUENCE + ".");
        }
        return sequence;
    }

    private interface Parser<T> {
        T parse(String text);
    }

    private static <T> T parsed(String name, Map<String, String> headers, Parser<T> parser) {
        try {
            return parser.parse(WireEvent.required(headers, name));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new UnreadableEvent("bad-header", "The header " + name + " cannot be read.");
        }
    }

    private GatewayEvent data(EventType type, byte @Nullable [] data) {
        if (data == null || data.length == 0) {
            throw new UnreadableEvent("bad-data", "The record has no value.");
        }
        try {
            @Nullable GatewayEvent event = json.readValue(data, type.data());
            if (event == null) {
                throw new UnreadableEvent("bad-data", "The value is the JSON null.");
            }
            RequiredComponents.firstMissing((Record) event).ifPresent(name -> {
                throw new UnreadableEvent("bad-data", "The value of a " + type.wireName() + " lacks " + name + ".");
            });
            return event;
        } catch (JacksonException e) {
            // Jackson's message quotes the content, so it stays out.
            throw new UnreadableEvent("bad-data", "The value is not the JSON of a " + type.wireName() + ".");
        }
    }
}
