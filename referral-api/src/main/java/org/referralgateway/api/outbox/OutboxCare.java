package org.referralgateway.api.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.referralgateway.api.access.RowScope.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Watches how old the oldest unsent event is, and removes sent rows after their time. */
@Component
class OutboxCare {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxCare.class);
    private static final int AT_ONCE = 5000;

    private final JdbcClient db;
    private final OutboxSettings settings;
    private final Clock clock;
    private volatile double oldestUnsentSeconds;
    private volatile double unsent;

    OutboxCare(JdbcClient db, OutboxSettings settings, Clock clock, MeterRegistry meters) {
        this.db = db;
        this.settings = settings;
        this.clock = clock;
        Gauge.builder("referral.outbox.oldest.unsent.age", () -> oldestUnsentSeconds)
                .baseUnit("seconds")
                .description("Age of the oldest event that the broker does not have yet")
                .register(meters);
        Gauge.builder("referral.outbox.unsent", () -> unsent)
                .description("Events that the broker does not have yet")
                .register(meters);
    }

    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void measure() {
        Work.RELAY.run(this::look);
    }

    private void look() {
        // Over all senders: a number, nobody's data.
        db.sql("select count(*) as unsent, min(created_at) as oldest from outbox where sent_at is null")
                .query((row, number) -> {
                    unsent = row.getLong("unsent");
                    var oldest = row.getTimestamp("oldest");
                    oldestUnsentSeconds = oldest == null ? 0 : age(oldest);
                    return unsent;
                })
                .single();
    }

    private double age(Timestamp oldest) {
        return Math.max(0, (clock.millis() - oldest.getTime()) / 1000.0);
    }

    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.HOURS)
    void prune() {
        var before = clock.instant().minus(settings.retention());
        int removed = 0;
        int last;
        do {
            last = removeSentBefore(before);
            removed += last;
        } while (last == AT_ONCE);
        if (removed > 0) {
            LOG.info("Removed {} events that were sent before {}.", removed, before);
        }
    }

    int removeSentBefore(Instant before) {
        return Work.RELAY.call(() -> db.sql("""
                        delete from outbox where position in (
                            select position from outbox where sent_at < :before order by sent_at limit :limit)
                        """)
                .param("before", Timestamp.from(before))
                .param("limit", AT_ONCE)
                .update());
    }
}
