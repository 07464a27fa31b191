package org.referralgateway.api.access;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Tells the audit trail who was let in and who was turned away. Of the many that a flood brings, so many a minute that the
 * trail stays readable and the database free; how many more there were is said with the next one.
 */
@Component
class AccessTrail {

    private static final Logger LOG = LoggerFactory.getLogger(AccessTrail.class);
    static final int REFUSALS_A_MINUTE = 600;

    private final AuditTrail audit;
    private final Clock clock;
    private final AtomicLong minute = new AtomicLong();
    private final AtomicInteger inThisMinute = new AtomicInteger();
    private final AtomicInteger leftOut = new AtomicInteger();

    AccessTrail(AuditTrail audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    void issued(SenderClient client, String scopes, @Nullable String requestId) {
        append(new AuditEntry(
                client.sender(),
                clock.instant(),
                "sender:" + client.sender(),
                "token.issued",
                "success",
                null,
                null,
                requestId,
                Map.of("client", client.client(), "scopes", scopes)));
    }

    /**
     * @param sender empty where nobody knows whose request it was
     * @param what for example {@code token.refused}
     */
    void refused(String sender, String what, int status, String reason, @Nullable String requestId) {
        if (!isWithinBounds()) {
            leftOut.incrementAndGet();
            return;
        }
        append(new AuditEntry(
                sender,
                clock.instant(),
                sender.isEmpty() ? "anonymous" : "sender:" + sender,
                what,
                "refused",
                null,
                null,
                requestId,
                Map.of("status", status, "reason", reason, "leftOut", leftOut.getAndSet(0))));
    }

    private boolean isWithinBounds() {
        long now = clock.instant().getEpochSecond() / 60;
        if (minute.getAndSet(now) != now) {
            inThisMinute.set(0);
        }
        return inThisMinute.incrementAndGet() <= REFUSALS_A_MINUTE;
    }

    private void append(AuditEntry entry) {
        try {
            // Nobody has been let in yet, or anymore: the row is written in the name of the sender that it tells of.
            RowScope.of(entry.sender()).run(() -> audit.append(entry));
        } catch (DataAccessException e) {
            LOG.warn(
                    "{} could not be recorded: {}", entry.action(), e.getClass().getSimpleName());
        }
    }
}
