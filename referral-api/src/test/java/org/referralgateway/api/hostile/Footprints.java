package org.referralgateway.api.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.referralgateway.api.TestGateway;

/** What the service leaves behind where no patient's data may be. */
final class Footprints {

    private static final Path LOGS = Path.of("target/logs");

    private Footprints() {}

    /** All that this JVM has logged so far, at the levels of production. */
    static String log() {
        long began = ManagementFactory.getRuntimeMXBean().getStartTime();
        var log = new StringBuilder();
        try (var files = Files.list(LOGS)) {
            for (var file : files.sorted().toList()) {
                if (Files.getLastModifiedTime(file).toMillis() >= began) {
                    log.append(Files.readString(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return log.toString();
    }

    static String metrics(TestGateway gateway) {
        var port = gateway.context().getEnvironment().getRequiredProperty("local.management.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A record of a topic: what anybody sees who may read the topic. */
    record Published(String key, String headers, String value) {}

    /** Everything on a topic, from its beginning to its present end. */
    static List<Published> topic(TestGateway gateway, String topic) {
        var found = new ArrayList<Published>();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                gateway.context().getEnvironment().getRequiredProperty("spring.kafka.bootstrap-servers"),
                "group.id",
                UUID.randomUUID().toString(),
                "enable.auto.commit",
                false);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new org.apache.kafka.common.TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    var headers = new StringBuilder();
                    record.headers()
                            .forEach(header -> headers.append(header.key())
                                    .append('=')
                                    .append(
                                            header.value() == null
                                                    ? ""
                                                    : new String(header.value(), StandardCharsets.UTF_8))
                                    .append('\n'));
                    found.add(new Published(
                            String.valueOf(record.key()),
                            headers.toString(),
                            record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8)));
                });
            }
        }
        return found;
    }

    /** The trail, and why records were put aside; both are read by people who may not see patients. */
    static List<String> rows(TestGateway gateway) {
        var rows = new ArrayList<String>();
        rows.addAll(gateway.db()
                .sql("select a::text from audit_event a")
                .query(String.class)
                .list());
        rows.addAll(gateway.db()
                .sql("select concat_ws(' ', key, state, reason, sequence) from parked_record")
                .query(String.class)
                .list());
        return rows;
    }
}
