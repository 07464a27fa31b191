package org.referralgateway.api.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.referralgateway.events.Topics;
import org.referralgateway.trail.NoteKey;
import org.referralgateway.trail.SignedNote;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;

/** The topic {@code audit.checkpoints.v1}: each record is one checkpoint, its key the origin, its value the signed note. */
final class CheckpointTopic implements CheckpointPlace {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Others may have written to the topic after us; so far back we look for one of ours. */
    private static final int LOOKED_AT = 100;

    private final ProducerFactory<String, byte[]> producers;
    private final ConsumerFactory<String, byte[]> consumers;
    private final NoteKey key;

    CheckpointTopic(ProducerFactory<String, byte[]> producers, ConsumerFactory<String, byte[]> consumers, NoteKey key) {
        this.producers = producers;
        this.consumers = consumers;
        this.key = key;
    }

    @Override
    public String name() {
        return "topic";
    }

    @Override
    public Optional<SignedNote> largest() throws IOException {
        try (Consumer<String, byte[]> consumer = consumers.createConsumer()) {
            var partitions = consumer.listTopics(PATIENCE).getOrDefault(Topics.AUDIT_CHECKPOINTS, List.of()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            var found = new ArrayList<SignedNote>();
            for (var partition : partitions) {
                found.addAll(last(consumer, partition));
            }
            return found.stream()
                    .max(Comparator.comparingLong(
                            note -> note.checkpoint().orElseThrow().size()));
        } catch (KafkaException e) {
            throw new IOException("The broker does not answer.", e);
        }
    }

    private List<SignedNote> last(Consumer<String, byte[]> consumer, TopicPartition partition) throws IOException {
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
        long begin = consumer.beginningOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
        consumer.seek(partition, Math.max(begin, end - LOOKED_AT));
        var notes = new ArrayList<SignedNote>();
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(partition, PATIENCE) < end) {
            if (System.nanoTime() > until) {
                throw new IOException("The broker does not hand out the last checkpoint.");
            }
            for (var checkpoint : consumer.poll(Duration.ofMillis(200))) {
                if (checkpoint.value() != null) {
                    SignedNote.of(new String(checkpoint.value(), UTF_8))
                            .filter(key::hasSigned)
                            .filter(note -> note.checkpoint().isPresent())
                            .ifPresent(notes::add);
                }
            }
        }
        return notes;
    }

    @Override
    public void publish(List<SealedTree.Stored> checkpoints) throws IOException {
        try {
            var producer = producers.createProducer();
            var underWay = new ArrayList<Future<RecordMetadata>>();
            for (var checkpoint : checkpoints) {
                underWay.add(producer.send(asRecord(checkpoint)));
            }
            for (var sent : underWay) {
                sent.get(PATIENCE.toMillis() * 3, TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException | KafkaException | org.springframework.kafka.KafkaException e) {
            throw new IOException("The broker did not take a checkpoint.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Stopped while a checkpoint was sent.", e);
        }
    }

    private static ProducerRecord<String, byte[]> asRecord(SealedTree.Stored checkpoint) {
        var kafka = new ProducerRecord<>(
                Topics.AUDIT_CHECKPOINTS, checkpoint.origin(), checkpoint.note().getBytes(UTF_8));
        kafka.headers()
                .add("ce_specversion", "1.0".getBytes(UTF_8))
                .add("ce_id", (checkpoint.origin() + "/" + checkpoint.size()).getBytes(UTF_8))
                .add("ce_type", "audit.checkpoint.v1".getBytes(UTF_8))
                .add("ce_source", checkpoint.origin().getBytes(UTF_8))
                .add("ce_time", checkpoint.at().toString().getBytes(UTF_8))
                .add("content-type", "text/plain; charset=utf-8".getBytes(UTF_8));
        return kafka;
    }
}
