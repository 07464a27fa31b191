package org.referralgateway.api.platform;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.referralgateway.api.access.RowScope;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.audit.Who;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Refusals for want of room or of the database, on the trail: how many of one kind each caller got within some seconds, in one
 * row. When there is too much to do already, a flood of refusals must not become one of writes; and while the database is away
 * there is nowhere to write. What is counted then is written when it is back; what is counted when the process is killed is lost.
 */
@Component
class RefusalTally {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalTally.class);

    private final AuditTrail trail;
    private final Identity identity;
    private final Clock clock;
    private final Map<Kind, Count> counts = new ConcurrentHashMap<>();

    RefusalTally(AuditTrail trail, Identity identity, Clock clock) {
        this.trail = trail;
        this.identity = identity;
        this.clock = clock;
    }

    /** @param sender {@link AuditTrail#HOUSE} where it is not known who it is */
    private record Kind(String sender, int status) {}

    private record Count(long requests, Instant first) {}

    static boolean counts(int status) {
        return status == 429 || status == 503;
    }

    void add(int status) {
        var now = clock.instant();
        counts.merge(
                new Kind(identity.senderIfAny().orElse(AuditTrail.HOUSE), status),
                new Count(1, now),
                (before, one) -> new Count(before.requests() + 1, before.first()));
    }

    @PreDestroy
    @Scheduled(fixedDelayString = "PT10S")
    void write() {
        for (var kind : counts.keySet()) {
            var count = counts.remove(kind);
            if (count != null && !written(kind, count)) {
                counts.merge(
                        kind,
                        count,
                        (later, earlier) -> new Count(later.requests() + earlier.requests(), earlier.first()));
                return;
            }
        }
    }

    private boolean written(Kind kind, Count count) {
        try {
            RowScope.of(kind.sender())
                    .run(() -> trail.append(new AuditEntry(
                            kind.sender(),
                            clock.instant(),
                            kind.sender().isEmpty() ? Who.of("anonymous") : Who.sender(kind.sender()),
                            "fhir.turned-away",
                            "refused",
                            null,
                            null,
                            null,
                            Map.of(
                                    "status",
                                    kind.status(),
                                    "requests",
                                    count.requests(),
                                    "since",
                                    count.first().toString()))));
            return true;
        } catch (DataAccessException e) {
            LOG.debug("Refusals are written later.", e);
            return false;
        }
    }
}
