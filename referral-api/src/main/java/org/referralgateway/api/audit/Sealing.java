package org.referralgateway.api.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.referralgateway.api.access.RowScope.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Seals in one thread and publishes in others, one for each place: a place that does not answer holds up neither the
 * sealing nor the other places. What was not published stays to be published, across restarts.
 */
@Component
class Sealing implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);
    private static final int AT_ONCE = 500;

    private final Sealer sealer;
    private final SealedTree stored;
    private final SealPlaces places;
    private final AuditSettings settings;
    private final Clock clock;

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    Sealing(
            Sealer sealer,
            SealedTree stored,
            SealPlaces places,
            AuditSettings settings,
            Clock clock,
            MeterRegistry meters) {
        this.sealer = sealer;
        this.stored = stored;
        this.places = places;
        this.settings = settings;
        this.clock = clock;
        Gauge.builder("referral.audit.sealing", () -> sealer.state().isWell() ? 1 : 0)
                .description("1 where this instance seals the audit trail, or stands by to")
                .register(meters);
    }

    @Override
    public void start() {
        running = true;
        if (settings.sealing()) {
            threads.add(
                    Thread.ofPlatform().name("audit-sealer").start(() -> Work.TRAIL.run(() -> repeat(sealer::round))));
            for (var place : places.all()) {
                threads.add(Thread.ofPlatform()
                        .name("audit-publisher-" + place.name())
                        .start(() -> repeat(() -> publish(place))));
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        stopping.countDown();
        for (var thread : threads) {
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void repeat(Runnable task) {
        do {
            try {
                task.run();
            } catch (DataAccessException | TransactionException e) {
                LOG.warn("The trail is not being sealed or published: the database failed; tried again.");
                LOG.debug("Sealing or publishing failed.", e);
            } catch (RuntimeException e) {
                LOG.error("Sealing or publishing the trail met something unexpected; it goes on.", e);
            }
        } while (!isTimeToStop());
    }

    private boolean isTimeToStop() {
        try {
            return stopping.await(settings.sealEvery().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void publish(CheckpointPlace place) {
        if (!sealer.state().isWell()) {
            return;
        }
        try {
            var some = stored.unpublished(place.name(), AT_ONCE);
            while (!some.isEmpty() && running) {
                place.publish(some);
                stored.published(place.name(), some, clock.instant());
                some = stored.unpublished(place.name(), AT_ONCE);
            }
        } catch (IOException e) {
            LOG.warn("Checkpoints of the trail could not be put into the {}; tried again.", place.name());
            LOG.debug("Publishing failed.", e);
        }
    }
}
