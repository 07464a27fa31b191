package org.referralgateway.api.outbox;

import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A row that is still to be sent. */
record UnsentEvent(long position, UUID referral, String topic, String headers, byte[] data) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Whose order matters: a referral's events on one topic. */
    String orderedBy() {
        return topic + "/" + referral;
    }

    ProducerRecord<String, byte[]> asRecord() {
        var kafka = new ProducerRecord<>(topic, referral.toString(), data);
        JSON.readValue(headers, new TypeReference<java.util.LinkedHashMap<String, String>>() {})
                .forEach((name, value) ->
                        kafka.headers().add(name, value.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        return kafka;
    }

    /** Where the broker put it. */
    record Sent(long position, int partition, long offset) {
        static Sent of(UnsentEvent event, RecordMetadata metadata) {
            return new Sent(event.position(), metadata.partition(), metadata.offset());
        }
    }
}
