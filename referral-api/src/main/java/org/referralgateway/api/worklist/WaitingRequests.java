package org.referralgateway.api.worklist;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.platform.Identity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Requests that wait for something that has not arrived, and those that waited in vain. */
@Component
class WaitingRequests {

    private static final int LATEST = 200;

    private final JdbcClient db;
    private final Identity identity;
    private final AuditTrail trail;
    private final Clock clock;

    WaitingRequests(JdbcClient db, Identity identity, AuditTrail trail, Clock clock) {
        this.db = db;
        this.identity = identity;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * @param waitsFor any of these ends the waiting: {@code Type/id}; numbers are only counted, because they may be a
     *     person's
     * @param reason of the last attempt, or of the end
     */
    record WaitingRequest(
            String sender,
            UUID task,
            String dialect,
            String state,
            List<String> waitsFor,
            Instant since,
            Instant until,
            int attempts,
            @Nullable String reason) {}

    @Transactional
    List<WaitingRequest> all(String person, String requestId) {
        var found = db.sql("""
                        select sender, task, dialect, state, parked_at, expires_at, attempts, reason,
                               array(select w.key from parked_wait w
                                     where w.sender = p.sender and w.parked = p.parked and w.key not like 'number:%'
                                     order by w.key) as waits_for
                        from parked_submission p
                        where sender in (:senders) and state <> 'joined'
                        order by state = 'waiting' desc, parked_at desc limit :latest
                        """)
                .param("senders", identity.clinicSenders())
                .param("latest", LATEST)
                .query((row, number) -> new WaitingRequest(
                        row.getString("sender"),
                        row.getObject("task", UUID.class),
                        row.getString("dialect"),
                        row.getString("state"),
                        List.of((String[]) row.getArray("waits_for").getArray()),
                        row.getTimestamp("parked_at").toInstant(),
                        row.getTimestamp("expires_at").toInstant(),
                        row.getInt("attempts"),
                        row.getString("reason")))
                .list();
        trail.append(new AuditEntry(
                AuditTrail.HOUSE,
                clock.instant(),
                "person:" + person,
                "waiting.viewed",
                "success",
                null,
                null,
                requestId,
                Map.of("found", found.size())));
        return found;
    }
}
