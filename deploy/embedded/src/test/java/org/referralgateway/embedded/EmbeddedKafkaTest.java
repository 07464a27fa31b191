package org.referralgateway.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {
    @TempDir
    Path folder;

    @Test
    void keepsItsRecordsAndItsAddressOverARestart() throws Exception {
        String address;
        try (var kafka = EmbeddedKafka.start(folder, 0)) {
            address = kafka.bootstrapServers();
            createTopic(address);
            send(address, "first");
        }
        try (var kafka = EmbeddedKafka.start(folder, 0)) {
            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            assertThat(records(address, 1)).containsExactly("first");
        }
    }

    @Test
    void tellsItsAddressBeforeItIsUp() {
        int port = EmbeddedKafka.portIn(folder);

        try (var kafka = EmbeddedKafka.start(folder, 0)) {
            assertThat(kafka.port()).isEqualTo(port);
        }
    }

    @Test
    void canBeStoppedForAWhile() throws Exception {
        try (var kafka = EmbeddedKafka.start(folder, 0)) {
            createTopic(kafka.bootstrapServers());
            send(kafka.bootstrapServers(), "before");
            kafka.stop();
            assertThatThrownBy(() -> send(kafka.bootstrapServers(), "meanwhile"))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);

            kafka.startAgain();
            send(kafka.bootstrapServers(), "after");
            assertThat(records(kafka.bootstrapServers(), 2)).containsExactly("before", "after");
        }
    }

    @Test
    void recoversWhatItAcknowledgedBeforeItsProcessWasKilled() throws Exception {
        try (var run = ChildRun.of(StartAndWait.class, folder)) {
            run.awaitReady();
            run.kill();
        }
        try (var kafka = EmbeddedKafka.start(folder, 0)) {
            assertThat(records(kafka.bootstrapServers(), 1)).containsExactly("acknowledged");
            send(kafka.bootstrapServers(), "next");
        }
    }

    @Test
    void makesNoTopicByAccident() {
        try (var kafka = EmbeddedKafka.start(folder, 0)) {
            assertThatThrownBy(() -> send(kafka.bootstrapServers(), "lost")).isInstanceOf(ExecutionException.class);
        }
    }

    static final class StartAndWait {
        public static void main(String[] folder) throws Exception {
            var kafka = EmbeddedKafka.start(Path.of(folder[0]), 0);
            createTopic(kafka.bootstrapServers());
            send(kafka.bootstrapServers(), "acknowledged");
            ChildRun.readyAndWait();
        }
    }

    private static void createTopic(String address) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic("words", 1, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static void send(String address, String word) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", address, "max.block.ms", 3000, "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("words", word)).get(30, TimeUnit.SECONDS);
        }
    }

    private static List<String> records(String address, int count) {
        var words = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", address), new StringDeserializer(), new StringDeserializer())) {
            var partition = List.of(new TopicPartition("words", 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (words.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> words.add(record.value()));
            }
        }
        return words;
    }
}
