package org.referralgateway.standalone;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.referralgateway.events.LockedEvents;
import org.referralgateway.events.Topics;

/** Reads the referrals' events from the beginning, beside the service's own consumers and without disturbing them. */
final class EventReader implements AutoCloseable {
    /** An event as it lies on the topic. */
    record Seen(String key, String type, String sequence, String data) {}

    private final KafkaConsumer<String, String> consumer;
    private final List<Seen> seen = new ArrayList<>();

    EventReader(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new StringDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.REFERRAL_EVENTS).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The events of a referral so far; waits for the first, as long as allowed. */
    List<Seen> of(String referral, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        do {
            consumer.poll(Duration.ofMillis(200)).forEach(record -> seen.add(seen(record)));
        } while (eventsOf(referral).isEmpty() && System.nanoTime() < end);
        return eventsOf(referral);
    }

    private List<Seen> eventsOf(String referral) {
        return seen.stream().filter(event -> event.key().equals(referral)).toList();
    }

    private static Seen seen(ConsumerRecord<String, String> record) {
        boolean isLocked = header(record, "content-type").equals(LockedEvents.CONTENT_TYPE);
        return new Seen(
                record.key(),
                header(record, "ce_type"),
                header(record, "ce_sequence"),
                isLocked ? "locked with the key of the referral" : record.value());
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "?" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
