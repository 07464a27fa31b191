package org.referralgateway.events;

import java.util.Map;
import java.util.SequencedMap;

/**
 * An event as it lies on a topic, in CloudEvents 1.0 Kafka binary mode: headers carry the attributes, the value carries the
 * data as JSON.
 *
 * @param key the referral id
 * @param headers in the order in which they are written, values in UTF-8
 * @param data JSON, UTF-8
 */
public record WireEvent(String topic, String key, SequencedMap<String, String> headers, byte[] data) {

    /** Shows where it goes, not what is in it. */
    @Override
    public String toString() {
        return "WireEvent[" + topic + ", key=" + key + ", type=" + headers.get("ce_type") + "]";
    }

    /** A header's value, or an {@link UnreadableEvent} that names the header. */
    static String required(Map<String, String> headers, String name) {
        var value = headers.get(name);
        if (value == null || value.isBlank()) {
            throw new UnreadableEvent("missing-header", "The header " + name + " is missing.");
        }
        return value;
    }
}
