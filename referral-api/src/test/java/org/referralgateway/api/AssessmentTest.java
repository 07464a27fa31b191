package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.api.assessment.ParkedRecordRelease;
import org.referralgateway.events.EventCodec;
import org.referralgateway.events.EventEnvelope;
import org.referralgateway.events.ReferralEvent;
import org.referralgateway.events.ReferralId;
import org.referralgateway.events.Topics;
import org.referralgateway.events.TriageOutcome;
import org.referralgateway.events.WireEvent;

/** The consumer gives every event its effect once and in order, whatever the topic delivers. */
@ExtendWith(InClinicScope.class)
class AssessmentTest {

    /** Tasks that the pathway opens for every referral; what else it opens depends on what is in the referral. */
    private static final String WHATEVER_THE_RULES_SAY =
            "fulfill,completeness-check,triage,schedule-assessment,reply-to-referrer,request-information";

    private static final Duration AT_MOST = Duration.ofMinutes(5);

    private final TestGateway gateway = TestGateway.shared();

    @Test
    void theSameEventTwiceOpensItsTasksOnce() {
        var referral = accepted();
        var decided = decided(referral, 2);
        publish(decided, Map.of());
        publish(decided, Map.of());
        var sameUnderAnotherId = decided(referral, 2);
        publish(sameUnderAnotherId, Map.of());

        openTasks(referral, 5);
        caughtUp();
        openTasks(referral, 5);
    }

    @Test
    void anEventThatComesTooEarlyWaitsForTheOneBeforeIt() {
        var referral = accepted();
        publish(decided(referral, 3), Map.of());
        await().atMost(AT_MOST).untilAsserted(() -> assertThat(parked(referral)).containsExactly("waiting"));
        openTasks(referral, 3);

        publish(asked(referral, 2), Map.of());
        await().atMost(AT_MOST).untilAsserted(() -> assertThat(parked(referral)).containsExactly("released"));
        openTasks(referral, 6);
    }

    @Test
    void aPoisonRecordHoldsUpItsOwnReferralAndNobodyElse() {
        var referral = accepted();
        publish(
                new WireEvent(
                        Topics.REFERRAL_EVENTS,
                        referral,
                        decided(referral, 2).headers(),
                        "{\"outcome\":\"Hazel Nutt\"".getBytes(StandardCharsets.UTF_8)),
                Map.of());
        publish(decided(referral, 2), Map.of());
        await().atMost(AT_MOST)
                .untilAsserted(() -> assertThat(parked(referral)).containsExactly("quarantined", "waiting"));
        assertThat(reasons(referral)).noneMatch(reason -> reason.contains("Hazel"));

        openTasks(accepted(), 3);
        openTasks(referral, 3);

        var poison = place(referral);
        var release = gateway.bean(ParkedRecordRelease.class);
        assertThat(release.release(Topics.REFERRAL_EVENTS, poison.partition(), poison.offset(), "Robin Ash"))
                .isEqualTo(ParkedRecordRelease.Outcome.STILL_PARKED);
        assertThat(release.discard(Topics.REFERRAL_EVENTS, poison.partition(), poison.offset(), "Robin Ash"))
                .isEqualTo(ParkedRecordRelease.Outcome.DONE);
        openTasks(referral, 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no headers", "unknown type", "empty", "null key", "not json"})
    void whatIsNoEventOfOursIsQuarantinedOnce(String kind) {
        var before = quarantined();
        var key = UUID.randomUUID().toString();
        var wire = decided(key, 1);
        var headers = new java.util.LinkedHashMap<>(wire.headers());
        byte[] data = wire.data();
        switch (kind) {
            case "no headers" -> headers.clear();
            case "unknown type" -> headers.put("ce_type", "something.else.v9");
            case "empty" -> data = new byte[0];
            case "null key" -> key = null;
            default -> data = "\u0000\u0001".getBytes(StandardCharsets.UTF_8);
        }
        try (var producer = producer()) {
            var record = new ProducerRecord<>(Topics.REFERRAL_EVENTS, key, data);
            headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            record.headers().add("test-poison", "yes".getBytes(StandardCharsets.UTF_8));
            producer.send(record);
        }
        await().atMost(AT_MOST).untilAsserted(() -> assertThat(quarantined()).isEqualTo(before + 1));
        openTasks(accepted(), 3);
    }

    @Test
    void twoConsumersAndAReplayFromTheBeginningChangeNothing() {
        var referral = accepted();
        var tasks = tasks();
        try (var second = TestGateway.start("--spring.kafka.consumer.group-id=replay-" + UUID.randomUUID())) {
            openTasks(accepted(), 3);
            await().atMost(AT_MOST)
                    .untilAsserted(
                            () -> assertThat(second.get("/readyz").status()).isEqualTo(200));
            caughtUp();
        }
        openTasks(referral, 3);
        assertThat(tasks()).isEqualTo(tasks + 6); // the referral above and the one of caughtUp
    }

    private long tasks() {
        return gateway.db()
                .sql(
                        "select count(*) from task where sender = 'demo' and code in ('coordination', 'completeness-check', 'triage')")
                .query(Long.class)
                .single();
    }

    /** Sends a referral and waits for its tasks: everything that was published before has been consumed as well. */
    private void caughtUp() {
        accepted();
    }

    private String accepted() {
        var referral = gateway.post("/ServiceRequest", Referrals.aReferral(Referrals.newNumber()))
                .referral();
        openTasks(referral, 3);
        return referral;
    }

    private void openTasks(String referral, int number) {
        await().atMost(AT_MOST)
                .untilAsserted(() -> assertThat(gateway.get("/fhir/Task?focus=ServiceRequest/" + referral + "&code="
                                        + WHATEVER_THE_RULES_SAY)
                                .json()
                                .path("total")
                                .asInt())
                        .isEqualTo(number));
    }

    private static WireEvent decided(String referral, long sequence) {
        return wire(referral, sequence, new ReferralEvent.TriageDecided(TriageOutcome.ACCEPTED, null));
    }

    private static WireEvent asked(String referral, long sequence) {
        return wire(referral, sequence, new ReferralEvent.InformationRequested(List.of("blood-pressure")));
    }

    private static WireEvent wire(String referral, long sequence, ReferralEvent event) {
        return new EventCodec()
                .write(new EventEnvelope(
                        UUID.randomUUID(), "demo", ReferralId.of(referral), sequence, Instant.now(), null, event));
    }

    private static void publish(WireEvent event, Map<String, String> more) {
        try (var producer = producer()) {
            var record = new ProducerRecord<>(event.topic(), event.key(), event.data());
            event.headers()
                    .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            record.headers().add("test-poison", "yes".getBytes(StandardCharsets.UTF_8));
            producer.send(record);
        }
    }

    private static KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", TestServers.instance().bootstrapServers(), "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private long quarantined() {
        return gateway.db()
                .sql("select count(*) from parked_record where state = 'quarantined'")
                .query(Long.class)
                .single();
    }

    private List<String> parked(String referral) {
        return gateway.db()
                .sql("select state from parked_record where key = :key order by \"offset\"")
                .param("key", referral)
                .query(String.class)
                .list();
    }

    private List<String> reasons(String referral) {
        return gateway.db()
                .sql("select reason from parked_record where key = :key")
                .param("key", referral)
                .query(String.class)
                .list();
    }

    private record Place(int partition, long offset) {}

    private Place place(String referral) {
        return gateway.db()
                .sql("select partition, \"offset\" from parked_record where key = :key and state = 'quarantined'")
                .param("key", referral)
                .query((row, number) -> new Place(row.getInt(1), row.getLong(2)))
                .single();
    }
}
