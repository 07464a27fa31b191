package org.referralgateway.api.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.referralgateway.api.access.RowScope.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends committed events to Kafka, in order per referral, and marks them sent once the broker has them. Delivery is at
 * least once: a crash between the ack and the mark sends an event again, with the same id.
 *
 * <p>Of one referral and topic only one event is under way at a time ({@link SendChain}). So a send that fails or times out
 * can never let a later event overtake an earlier one.
 */
@Component
class Relay implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final Duration LOOK_FOR_LANES = Duration.ofSeconds(2);
    private static final long PAUSE_AFTER_FAILURE_MILLIS = 500;

    private final DataSource database;
    private final ProducerFactory<String, byte[]> producers;
    private final TopicCreation topics;
    private final RelaySignal signal;
    private final OutboxSettings settings;
    private final Clock clock;
    private final Counter sentEvents;
    private final Counter failures;
    private final Timer sending;
    private final String instance = UUID.randomUUID().toString();

    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean running;
    private Thread thread = new Thread(() -> {});

    Relay(
            DataSource database,
            ProducerFactory<String, byte[]> producers,
            TopicCreation topics,
            RelaySignal signal,
            OutboxSettings settings,
            Clock clock,
            MeterRegistry meters) {
        this.database = database;
        this.producers = producers;
        this.topics = topics;
        this.signal = signal;
        this.settings = settings;
        this.clock = clock;
        this.sentEvents = meters.counter("referral.relay.sent");
        this.failures = meters.counter("referral.relay.failures");
        this.sending = meters.timer("referral.relay.send");
    }

    /** Names this instance to the others. */
    String instance() {
        return instance;
    }

    @Override
    public void start() {
        if (!settings.enabled()) {
            return;
        }
        running = true;
        thread = Thread.ofPlatform().name("outbox-relay").start(() -> Work.RELAY.run(this::run));
    }

    @Override
    public void stop() {
        running = false;
        stopping.countDown();
        signal.committed();
        try {
            thread.join(Duration.ofSeconds(15));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops after the web server, so that what the last requests committed still goes out. */
    @Override
    public int getPhase() {
        return -1000;
    }

    private void run() {
        topics.createMissing();
        while (running) {
            try (var connection = database.getConnection()) {
                relay(new RelayLanes(connection));
            } catch (SQLException e) {
                LOG.warn("The relay lost the database (SQL state {}); it tries again.", e.getSQLState());
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("The relay met something unexpected; it goes on.", e);
                pause();
            }
        }
    }

    private void relay(RelayLanes lanes) throws SQLException, InterruptedException {
        var lookForLanesAt = Instant.EPOCH;
        while (running) {
            if (!lanes.ownsAll() && !clock.instant().isBefore(lookForLanesAt)) {
                lanes.take();
                lookForLanesAt = clock.instant().plus(LOOK_FOR_LANES);
            }
            var unsent = lanes.unsent(settings.batchSize());
            if (!unsent.isEmpty()) {
                if (!send(lanes, unsent)) {
                    pause();
                }
            } else {
                signal.await(settings.sweep().toMillis());
                if (!lanes.ownsAll()) {
                    lanes.tellOthers(instance);
                }
            }
        }
        producers.reset();
    }

    /** Sends these, each referral's in their order; false where something failed and it is better to wait. */
    private boolean send(RelayLanes lanes, List<UnsentEvent> unsent) throws SQLException, InterruptedException {
        var started = System.nanoTime();
        var chains = begin(unsent);
        var sent = new ArrayList<UnsentEvent.Sent>();
        boolean well = !chains.isEmpty();
        for (var chain : chains) {
            var result = chain.await();
            sent.addAll(result.sent());
            if (result.failure() != null) {
                failed(result.failure());
                well = false;
            }
        }
        lanes.markSent(sent, clock.instant());
        sentEvents.increment(sent.size());
        sending.record(Duration.ofNanos(System.nanoTime() - started));
        if (!well) {
            failures.increment();
            recover();
        }
        return well;
    }

    /** Those that could be begun; none where there is no producer. */
    private List<SendChain> begin(List<UnsentEvent> unsent) {
        try {
            var producer = producers.createProducer();
            var chains = unsent.stream()
                    .collect(Collectors.groupingBy(UnsentEvent::orderedBy, LinkedHashMap::new, Collectors.toList()))
                    .values()
                    .stream()
                    .map(events -> new SendChain(producer, events))
                    .toList();
            chains.forEach(SendChain::begin);
            return chains;
        } catch (KafkaException | org.apache.kafka.common.KafkaException e) {
            failed(e);
            return List.of();
        }
    }

    private static void failed(Throwable cause) {
        LOG.warn(
                "Events could not be sent ({}); they stay in the outbox and go out later.",
                cause.getClass().getSimpleName());
    }

    /** A producer that failed is not trusted any more; and perhaps it failed because a topic is not there. */
    private void recover() {
        producers.reset();
        topics.createMissing();
    }

    /** Waits before the next attempt, or until the service stops. */
    private void pause() {
        try {
            if (stopping.await(PAUSE_AFTER_FAILURE_MILLIS, TimeUnit.MILLISECONDS)) {
                running = false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
