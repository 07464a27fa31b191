package org.referralgateway.api.assessment;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A record as it lay on a topic, live or parked. */
record TopicRecord(
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        Map<String, String> headers,
        byte @Nullable [] data) {

    static TopicRecord of(ConsumerRecord<String, byte[]> record) {
        var headers = new LinkedHashMap<String, String>();
        record.headers()
                .forEach(header -> headers.put(
                        header.key(),
                        header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8)));
        return new TopicRecord(
                record.topic(), record.partition(), record.offset(), record.key(), headers, record.value());
    }

    /** Where it lies: {@code topic-partition@offset}. */
    String place() {
        return topic + "-" + partition + "@" + offset;
    }

    @Override
    public String toString() {
        return "TopicRecord[" + place() + "]";
    }
}
