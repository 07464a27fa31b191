package org.referralgateway.api.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.platform.Identity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** All that happened to one referral, in order, each row of the trail with its proof; and who saw the patient's record. */
@Component
class ReferralLife {

    private static final int MOST = 2000;

    private final JdbcClient db;
    private final AuditTrail trail;
    private final Identity identity;
    private final Clock clock;

    ReferralLife(JdbcClient db, AuditTrail trail, Identity identity, Clock clock) {
        this.db = db;
        this.trail = trail;
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * A row of the trail, or an event.
     *
     * @param kind {@code audit} or {@code event}
     * @param leaf of a row that is sealed
     * @param checkpoint size of the first checkpoint that covers it
     */
    record Moment(
            Instant at,
            String kind,
            long position,
            @Nullable String who,
            String what,
            String outcome,
            @Nullable Long leaf,
            @Nullable Long checkpoint) {

        static Moment of(ResultSet row, int number) throws SQLException {
            return new Moment(
                    row.getTimestamp("at").toInstant(),
                    row.getString("kind"),
                    row.getLong("position"),
                    row.getString("actor"),
                    row.getString("what"),
                    row.getString("outcome"),
                    row.getObject("leaf", Long.class),
                    row.getObject("checkpoint", Long.class));
        }
    }

    /** Somebody who saw the record, however often. */
    record Seen(String who, long times, Instant first, Instant last, String how) {

        static Seen of(ResultSet row, int number) throws SQLException {
            return new Seen(
                    row.getString("actor"),
                    row.getLong("times"),
                    row.getTimestamp("first").toInstant(),
                    row.getTimestamp("last").toInstant(),
                    row.getString("how"));
        }
    }

    record Life(UUID referral, List<Moment> moments, List<Seen> seen) {}

    @Transactional
    Optional<Life> of(UUID referral, String person, String requestId) {
        var senders = identity.clinicSenders();
        if (!isTheirs(senders, referral)) {
            return Optional.empty();
        }
        trail.append(new AuditEntry(
                AuditTrail.HOUSE,
                clock.instant(),
                Who.person(person),
                "log.viewed",
                "success",
                referral,
                null,
                requestId,
                Map.of("view", "life")));
        return Optional.of(
                new Life(referral, moments(LogPages.withTheHouse(senders), referral), seen(senders, referral)));
    }

    private boolean isTheirs(List<String> senders, UUID referral) {
        return db.sql("select exists (select from referral where sender in (:senders) and referral = :referral)")
                .param("senders", senders)
                .param("referral", referral)
                .query(Boolean.class)
                .single();
    }

    private List<Moment> moments(List<String> senders, UUID referral) {
        return db.sql("""
                        select * from (
                            select a.at, 'audit' as kind, a.position, a.actor, a.action as what, a.outcome, l.leaf,
                                   (select min(c.size) from audit_checkpoint c where c.size > l.leaf) as checkpoint
                            from audit_event a left join audit_leaf l on l.position = a.position
                            where a.sender in (:senders)
                              and a.position in (
                                  select b.position from audit_event b where b.sender in (:senders) and b.referral = :referral
                                  union
                                  select s.position from audit_shown s where s.referral = :referral)
                            union all
                            select created_at, 'event', position, null, type,
                                   coalesce(partition || ':' || "offset", 'not sent yet'), null, null
                            from outbox where sender in (:senders) and referral = :referral
                        ) as everything
                        order by at, kind, position limit :most
                        """)
                .param("senders", senders)
                .param("referral", referral)
                .param("most", MOST)
                .query(Moment::of)
                .list();
    }

    /** Also through another referral of the same patient, as far as the sender uses one Patient for both. */
    private List<Seen> seen(List<String> senders, UUID referral) {
        return db.sql("""
                        with of_patient as (
                            select other.sender, other.referral
                            from referral this
                            join referral other on other.sender = this.sender
                             and (other.referral = this.referral or other.patient = this.patient)
                            where this.sender in (:senders) and this.referral = :referral
                        ),
                        about as (
                            select b.position from of_patient p
                            join audit_event b on b.sender = p.sender and b.referral = p.referral
                            union
                            select s.position from of_patient p
                            join audit_shown s on s.sender = p.sender and s.referral = p.referral
                        )
                        select a.actor, count(*) as times, min(a.at) as first, max(a.at) as last,
                               string_agg(distinct a.action, ', ' order by a.action) as how
                        from about join audit_event a on a.position = about.position
                        where a.outcome = 'success' and a.action in (:looks)
                        group by a.actor order by last desc
                        """)
                .param("senders", senders)
                .param("referral", referral)
                .param(
                        "looks",
                        List.of(
                                "fhir.read",
                                "fhir.receipt",
                                "fhir.event-opened",
                                "fhir.search",
                                "referral.viewed",
                                "referral.payload-downloaded",
                                "worklist.viewed"))
                .query(Seen::of)
                .list();
    }
}
