package org.referralgateway.api.worklist;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.referralgateway.api.assessment.AssessmentTasks;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.vault.Places;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.api.worklist.ReferralPage.TaskNote;
import org.referralgateway.mapper.Referral;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Reads referrals for people. Every look leaves a row on the trail, in the same transaction. */
@Component
class ReferralPages {

    private final JdbcClient db;
    private final OpenTasks rows;
    private final AssessmentTasks tasks;
    private final ReferralVersions versions;
    private final ReferralHistory history;
    private final OtherReferrals others;
    private final AuditTrail trail;
    private final Identity identity;
    private final JsonMapper json;
    private final Clock clock;
    private final Vault vault;

    ReferralPages(
            JdbcClient db,
            OpenTasks rows,
            AssessmentTasks tasks,
            ReferralVersions versions,
            ReferralHistory history,
            OtherReferrals others,
            AuditTrail trail,
            Identity identity,
            JsonMapper json,
            Clock clock,
            Vault vault) {
        this.vault = vault;
        this.db = db;
        this.rows = rows;
        this.tasks = tasks;
        this.versions = versions;
        this.history = history;
        this.others = others;
        this.trail = trail;
        this.identity = identity;
        this.json = json;
        this.clock = clock;
    }

    private record Stored(
            String sender,
            int version,
            String requestStatus,
            Instant receivedAt,
            byte[] content,
            byte[] body,
            String contentType) {}

    private Stored stored(ResultSet row, UUID referral) throws SQLException {
        var sender = row.getString("sender");
        int version = row.getInt("version");
        return new Stored(
                sender,
                version,
                row.getString("request_status"),
                row.getTimestamp("received_at").toInstant(),
                vault.open(referral, Places.content(sender, referral, version), row.getBytes("content")),
                vault.open(
                        row.getObject("locked_by", UUID.class),
                        Places.body(sender, row.getObject("submission", UUID.class)),
                        row.getBytes("body")),
                row.getString("content_type"));
    }

    @Transactional
    Optional<ReferralPage> view(UUID id, String person, String requestId) {
        var found = find(id);
        found.ifPresent(stored -> seen(stored, id, "referral.viewed", person, requestId));
        return found.map(stored -> new ReferralPage(
                stored.sender(),
                id,
                stored.version(),
                stored.receivedAt(),
                json.readValue(stored.content(), Referral.class),
                PayloadText.of(stored.body()),
                stored.body().length,
                rows.ofReferral(stored.sender(), id),
                notes(stored.sender(), id),
                stored.requestStatus(),
                versions.of(stored.sender(), id),
                history.of(stored.sender(), id),
                others.of(identity.clinicSenders(), stored.sender(), id)));
    }

    /** A payload, byte for byte. */
    record SentPayload(byte[] body, boolean isXml) {}

    /** The payload as it was sent. */
    @Transactional
    Optional<SentPayload> payload(UUID id, String person, String requestId) {
        var found = find(id);
        found.ifPresent(stored -> seen(stored, id, "referral.payload-downloaded", person, requestId));
        return found.map(
                stored -> new SentPayload(stored.body(), stored.contentType().contains("xml")));
    }

    private Optional<Stored> find(UUID id) {
        return db.sql("""
                        select r.sender, r.version, r.request_status, r.received_at, r.content, s.submission, s.locked_by,
                               s.body, s.content_type
                        from referral r
                        join submission s on s.sender = r.sender and s.submission = r.submission
                        where r.sender in (:senders) and r.referral = :referral
                        """)
                .param("senders", identity.clinicSenders())
                .param("referral", id)
                .query((row, number) -> stored(row, id))
                .optional();
    }

    private Map<UUID, TaskNote> notes(String sender, UUID referral) {
        var notes = new HashMap<UUID, TaskNote>();
        for (var task : tasks.of(sender, referral)) {
            if (task.statusReason() != null || task.statusNote() != null) {
                notes.put(task.id(), new TaskNote(task.statusReason(), task.statusNote()));
            }
        }
        return notes;
    }

    private void seen(Stored stored, UUID id, String action, String person, String requestId) {
        trail.append(new AuditEntry(
                stored.sender(),
                clock.instant(),
                "person:" + person,
                action,
                "success",
                id,
                stored.version(),
                requestId,
                Map.of()));
    }
}
