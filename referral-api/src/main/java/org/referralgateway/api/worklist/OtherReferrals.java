package org.referralgateway.api.worklist;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.vault.Places;
import org.referralgateway.api.vault.Vault;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Referrals that seem to be of the same person, in both directions. */
@Component
class OtherReferrals {

    private final JdbcClient db;
    private final Vault vault;

    OtherReferrals(JdbcClient db, Vault vault) {
        this.vault = vault;
        this.db = db;
    }

    record Other(
            String sender,
            UUID referral,
            Instant receivedAt,
            @Nullable String patientName,
            @Nullable String conditionGroup,
            String decision) {}

    List<Other> of(List<String> senders, String sender, UUID referral) {
        return db.sql("""
                        select r.sender, r.referral, r.received_at, r.patient_name, r.condition_group,
                               coalesce(c.status, 'requested') as decision
                        from referral r
                        left join task c on c.sender = r.sender and c.task = r.coordination_task
                        where r.sender in (:senders) and (r.sender, r.referral) in (
                            select other_sender, other_referral from possible_duplicate
                            where sender = :sender and referral = :referral
                            union
                            select sender, referral from possible_duplicate
                            where other_sender = :sender and other_referral = :referral)
                        order by r.received_at desc limit 20
                        """)
                .param("senders", senders)
                .param("sender", sender)
                .param("referral", referral)
                .query((row, number) -> new Other(
                        row.getString("sender"),
                        row.getObject("referral", UUID.class),
                        row.getTimestamp("received_at").toInstant(),
                        vault.shown(
                                row.getObject("referral", UUID.class),
                                Places.patientName(row.getString("sender"), row.getObject("referral", UUID.class)),
                                row.getString("patient_name")),
                        row.getString("condition_group"),
                        row.getString("decision")))
                .list();
    }
}
