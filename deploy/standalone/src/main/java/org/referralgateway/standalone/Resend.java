package org.referralgateway.standalone;

import java.sql.Types;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Marks sent events as unsent. The relay of a running gateway finds them and sends them with the ids they have, so that
 * whoever has seen them skips them.
 */
final class Resend {
    private final JdbcClient db;

    Resend(DataSource database) {
        db = JdbcClient.create(database);
    }

    /** The database of a run on this computer, or the one that the environment names. */
    static Resend in(ResendOptions options, Map<String, String> environment) {
        return new Resend(options.external() ? Databases.external(environment) : Databases.embedded(options.data()));
    }

    /**
     * One statement, so that the trail tells of exactly what was done.
     *
     * @param person who wants it, for the audit trail
     * @return how many events
     */
    long mark(ResendOptions which, String person) {
        return db.sql("""
                        with again as (
                            update outbox set sent_at = null
                            where sent_at is not null
                              and (:referral::uuid is null or referral = :referral::uuid)
                              and (:since::timestamptz is null or sent_at >= :since::timestamptz)
                              and (:until::timestamptz is null or sent_at < :until::timestamptz)
                              and (:topic::text is null or topic = :topic::text)
                            returning sender
                        ), told as (
                            insert into audit_event (sender, at, actor, action, outcome, referral, detail)
                            select sender, now(), :actor, 'events.resent', 'success', :referral::uuid,
                                   jsonb_build_object('events', count(*))
                            from again group by sender
                        )
                        select count(*) from again
                        """)
                .param("referral", which.referral(), Types.OTHER)
                .param("since", which.since(), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("until", which.until(), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("topic", which.topic(), Types.VARCHAR)
                .param("actor", "person:" + person)
                .query(Long.class)
                .single();
    }
}
