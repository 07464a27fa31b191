package org.referralgateway.api.worklist;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What happened to a referral: its tasks, the events that told of it, and the audit trail, in one line of time. */
@Component
class ReferralHistory {

    /** More than a referral ever has, but for one that is read again and again. */
    private static final int LATEST = 500;

    private final JdbcClient db;

    ReferralHistory(JdbcClient db) {
        this.db = db;
    }

    List<HistoryEntry> of(String sender, UUID referral) {
        return db.sql("""
                        select * from (
                            (select h.at, 'task' as kind, h.actor, t.code as what, h.status as outcome,
                                    h.business_status as stage, h.status_reason as reason, h.version::bigint as number
                             from task t join task_history h on h.sender = t.sender and h.task = t.task
                             where t.sender = :sender and t.referral = :referral
                             order by h.at desc limit :latest)
                            union all
                            (select created_at, 'event', null, type,
                                    coalesce(topic || ' ' || partition || ':' || "offset", 'not sent yet'), null, null, position
                             from outbox where sender = :sender and referral = :referral
                             order by position desc limit :latest)
                            union all
                            (select at, 'audit', actor, action, outcome, null, detail ->> 'reason', position
                             from audit_event where sender = :sender and referral = :referral
                             order by position desc limit :latest)
                        ) as everything
                        order by at desc, kind, number desc limit :latest
                        """)
                .param("sender", sender)
                .param("referral", referral)
                .param("latest", LATEST)
                .query(HistoryEntry::of)
                .list()
                .reversed();
    }
}
