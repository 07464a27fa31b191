package org.referralgateway.api.assessment;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.ZoneOffset;
import org.referralgateway.api.assessment.AssessmentConfiguration.AssessmentSettings;
import org.referralgateway.events.EventEnvelope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds other referrals of the same person for the same kind of problem, whoever sent them: those that are open, and those
 * that came within a time. A warning to the clinic; nothing is refused, and no sender learns of another.
 */
@Component
class PossibleDuplicates {

    /** More than a person wants to compare; only a key that says nothing, such as a clinic's own phone, finds more. */
    private static final int MOST = 20;

    private final JdbcClient db;
    private final AssessmentSettings settings;
    private final Clock clock;

    PossibleDuplicates(JdbcClient db, AssessmentSettings settings, Clock clock) {
        this.db = db;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Remembers what it finds.
     *
     * @return whether there is any, now or from before
     */
    boolean look(EventEnvelope event) {
        var now = clock.instant();
        var since =
                now.atOffset(ZoneOffset.UTC).minus(settings.duplicatesWithin()).toInstant();
        // Tenancy: over all senders on purpose. What is found is shown to the clinic only.
        return db.sql("""
                        with alike as (
                            select distinct theirs.sender, theirs.referral
                            from referral_person own join referral_person theirs on theirs.key = own.key
                            where own.sender = :sender and own.referral = :referral
                              and (theirs.sender, theirs.referral) <> (own.sender, own.referral)
                        ),
                        found as (
                            insert into possible_duplicate (sender, referral, other_sender, other_referral, found_at)
                            select mine.sender, mine.referral, other.sender, other.referral, :now
                            from alike
                            join referral mine on mine.sender = :sender and mine.referral = :referral
                            join referral other on other.sender = alike.sender and other.referral = alike.referral
                            left join task c on c.sender = other.sender and c.task = other.coordination_task
                            where other.request_status not in ('revoked', 'entered-in-error')
                              and (other.received_at >= :since
                                   or coalesce(c.status, 'requested')
                                       in ('requested', 'received', 'accepted', 'in-progress', 'on-hold'))
                              and (mine.condition_group is null or other.condition_group is null
                                   or mine.condition_group = other.condition_group)
                            order by other.referral desc limit :most
                            on conflict do nothing
                            returning 1
                        )
                        select exists (select 1 from found)
                            or exists (select 1 from possible_duplicate where sender = :sender and referral = :referral)
                        """)
                .param("now", Timestamp.from(now))
                .param("most", MOST)
                .param("since", Timestamp.from(since))
                .param("sender", event.sender())
                .param("referral", event.referral().value())
                .query(Boolean.class)
                .single();
    }
}
