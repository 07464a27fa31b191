package org.referralgateway.api.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.referralgateway.api.platform.Ids;
import org.referralgateway.api.vault.Fingerprints;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.mapper.BusinessIdentifier;
import org.referralgateway.mapper.SentResource;
import org.referralgateway.mapper.SentResource.Write;
import org.referralgateway.mapper.Target;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** Finds the referral that an amendment or withdrawal is about. */
@Repository
class Referrals {

    private final JdbcClient db;
    private final Vault vault;

    Referrals(JdbcClient db, Vault vault) {
        this.db = db;
        this.vault = vault;
    }

    /**
     * Our id, our coordination task's id, the id under which the sender put it, its number; else a case number or the id
     * that it had in an earlier message, the newest first.
     */
    Optional<UUID> find(String sender, SentResource request, Target target) {
        var references = List.copyOf(target.references());
        var numbers = target.numbers();
        var loose = new ArrayList<BusinessIdentifier>(numbers);
        if (mustBeThere(request.write())) {
            loose.addAll(SenderIds.of(request));
        }
        return db.sql("""
                        with candidates as materialized (
                            select r.referral, 1 as rank from referral r
                            where r.sender = :sender and r.referral = any(:referrals::uuid[])
                            union all
                            select r.referral, 1 from referral r
                            where cardinality(:tasks::uuid[]) > 0
                              and r.sender = :sender and r.coordination_task = any(:tasks::uuid[])
                            union all
                            select k.referral, 2 from submission_key k
                            where k.sender = :sender and k.kind = 'put' and k.key = any(:putKeys::text[])
                            union all
                            select k.referral, 3 from submission_key k
                            where k.sender = :sender and k.kind = 'placer' and k.key = any(:tokens::text[])
                            union all
                            select %s, 4 from resource_identifier i
                            join unnest(:systems::text[], :values::text[]) as named(system, value) using (system, value)
                            where i.sender = :sender and i.type = 'ServiceRequest'
                        )
                        select referral from candidates
                        where referral is not null and exists (
                            select 1 from referral r where r.sender = :sender and r.referral = candidates.referral)
                        order by rank, referral desc
                        limit 1
                        """.formatted(Ids.column("i.id")))
                .param("sender", sender)
                .param("references", new SqlArrayValue("text", references.toArray()))
                .param("referrals", References.of(references).ours("ServiceRequest"))
                .param("tasks", References.of(references).ours("Task"))
                .param("putKeys", SubmissionKey.storedPuts(vault, sender, references))
                .param(
                        "tokens",
                        new SqlArrayValue(
                                "text",
                                numbers.stream()
                                        .map(number -> SubmissionKey.placer(number.token())
                                                .stored(vault, sender))
                                        .toArray()))
                .param(
                        "systems",
                        new SqlArrayValue(
                                "text",
                                loose.stream()
                                        .map(one -> one.system() == null ? "" : one.system())
                                        .toArray()))
                .param(
                        "values",
                        new SqlArrayValue(
                                "text",
                                loose.stream()
                                        .map(one -> Fingerprints.number(vault, sender, one.value()))
                                        .toArray()))
                .query(UUID.class)
                .optional()
                .map(vault::unlessErased);
    }

    /** What may be a new referral is not taken for an old one because its message was made after the same template. */
    private static boolean mustBeThere(Write write) {
        return write instanceof Write.Withdraw || (write instanceof Write.Amend amend && !amend.orNew());
    }

    UUID coordinationTask(String sender, UUID referral) {
        return db.sql("select coordination_task from referral where sender = :sender and referral = :referral")
                .param("sender", sender)
                .param("referral", referral)
                .query(UUID.class)
                .single();
    }
}
