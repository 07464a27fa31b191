package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.cloudevents.kafka.CloudEventDeserializer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.events.Topics;

/** What really lies on the topics, read by others' eyes: CloudEvents' own SDK and the JSON Schemas. */
class EventsOnTheTopicTest {

    private static final Duration AT_MOST = Duration.ofMinutes(5);

    private final TestGateway gateway = TestGateway.shared();

    @Test
    void everyEventIsAValidCloudEventWithDataThatFollowsItsSchemaAndNoPersonInIt() throws IOException {
        var number = Referrals.newNumber();
        var referral =
                gateway.post("/ServiceRequest", Referrals.aReferral(number)).referral();
        gateway.post("", Referrals.aTransaction(Referrals.newNumber()));

        var records = new ArrayList<ConsumerRecord<String, byte[]>>();
        records.addAll(TopicReader.read(
                Topics.REFERRAL_EVENTS, all -> !TopicReader.of(all, referral).isEmpty(), AT_MOST));
        records.addAll(TopicReader.read(
                Topics.ASSESSMENT_TASKS, all -> TopicReader.of(all, referral).size() >= 3, AT_MOST));

        assertThat(TopicReader.of(records, referral)).hasSizeGreaterThanOrEqualTo(4);
        for (var record : records) {
            if (record.headers().lastHeader("ce_type") != null && isOurs(record)) {
                isValid(record);
            }
        }
    }

    /** Other tests put broken records on the topic on purpose, and erase persons, of whom nothing can be read any more. */
    private boolean isOurs(ConsumerRecord<String, byte[]> record) {
        return record.headers().lastHeader("test-poison") == null
                && gateway.bean(Vault.class).erasure(UUID.fromString(record.key())) == null;
    }

    private void isValid(ConsumerRecord<String, byte[]> record) throws IOException {
        try (var deserializer = new CloudEventDeserializer()) {
            var event = deserializer.deserialize(record.topic(), record.headers(), record.value());
            assertThat(event.getSubject()).isEqualTo("ServiceRequest/" + record.key());
            assertThat(event.getExtension("partitionkey")).isEqualTo(record.key());
            var data = Opened.data(gateway, record);
            var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(TestServers.text("/schema/" + event.getType() + ".schema.json"), InputFormat.JSON);
            assertThat(List.copyOf(schema.validate(data, InputFormat.JSON)))
                    .as(event.getType())
                    .isEmpty();
            assertThat(data + record.headers()).doesNotContain("Nutt", "Hazel", "555-01", "1971", "Linden", "Birch");
        }
    }

    @Test
    void theEventsOfAReferralAreNumberedWithoutGaps() {
        var referral = gateway.post("/ServiceRequest", Referrals.aReferral(Referrals.newNumber()))
                .referral();

        var records = TopicReader.of(
                TopicReader.read(
                        Topics.ASSESSMENT_TASKS,
                        all -> TopicReader.of(all, referral).size() >= 3,
                        AT_MOST),
                referral);
        assertThat(records.stream().map(record -> TopicReader.header(record, "ce_sequence")))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, records.size())
                        .mapToObj("%012d"::formatted)
                        .toList());
        assertThat(records.stream().map(record -> TopicReader.header(record, "ce_id")))
                .doesNotHaveDuplicates();
    }
}
