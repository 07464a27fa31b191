package org.referralgateway.api.erasure;

import java.util.Collection;
import java.util.UUID;
import org.referralgateway.api.vault.Vault;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Removes from the tables what erased referrals were found by, and empties what was locked with their keys: for rows from
 * before there were keys that is all there is.
 */
@Repository
class Remains {

    private final JdbcClient db;

    Remains(JdbcClient db) {
        this.db = db;
    }

    void clear(String sender, Collection<UUID> referrals, Collection<UUID> submissions) {
        of(referrals, submissions, sender, """
                update referral
                set content = :nothing, patient_name = null, patient = null, missing = '{}', alerts = '{}',
                    condition_group = null, triage_level = null
                where sender = :sender and referral = any(:referrals::uuid[])
                """);
        of(referrals, submissions, sender, """
                update referral_version set content = :nothing, changes = '[]'
                where sender = :sender and referral = any(:referrals::uuid[])
                """);
        of(referrals, submissions, sender, """
                update submission
                set body = :nothing, converted = null, links = '{}', locked_by = coalesce(locked_by, (:referrals::uuid[])[1])
                where sender = :sender and submission = any(:submissions::uuid[])
                """);
        of(referrals, submissions, sender, """
                with emptied as (
                    update parked_submission
                    set body = :nothing, put = null, locked_by = coalesce(locked_by, referral, task),
                        state = case state when 'waiting' then 'refused' else state end,
                        reason = case when referral is null then 'erased' else reason end,
                        ended_at = coalesce(ended_at, now()), next_attempt_at = null
                    where sender = :sender and (referral = any(:referrals::uuid[]) or task = any(:referrals::uuid[]))
                    returning sender, parked
                )
                delete from parked_wait w using emptied where w.sender = emptied.sender and w.parked = emptied.parked
                """);
        of(referrals, submissions, sender, """
                update task_history h set status_note = null from task t
                where t.sender = :sender and t.referral = any(:referrals::uuid[])
                  and h.sender = t.sender and h.task = t.task and h.status_note is not null
                """);
        of(referrals, submissions, sender, """
                update task set status_note = null
                where sender = :sender and referral = any(:referrals::uuid[]) and status_note is not null
                """);
        of(referrals, submissions, sender, """
                delete from referral_person where sender = :sender and referral = any(:referrals::uuid[])
                """);
        of(referrals, submissions, sender, """
                delete from possible_duplicate
                where (sender = :sender and referral = any(:referrals::uuid[]))
                   or (other_sender = :sender and other_referral = any(:referrals::uuid[]))
                """);
        // Numbers of the request itself stay, as fingerprints: by them its sender is told that it was erased.
        of(referrals, submissions, sender, """
                delete from resource_identifier n using resource x
                where x.sender = :sender and x.submission = any(:submissions::uuid[]) and x.type <> 'ServiceRequest'
                  and n.sender = x.sender and n.type = x.type and n.id = x.id
                """);
    }

    private void of(Collection<UUID> referrals, Collection<UUID> submissions, String sender, String sql) {
        db.sql(sql)
                .param("sender", sender)
                .param("referrals", Belongings.uuids(referrals))
                .param("submissions", Belongings.uuids(submissions))
                .param("nothing", Vault.NOTHING_LEFT)
                .update();
    }
}
