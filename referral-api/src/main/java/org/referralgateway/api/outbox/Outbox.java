package org.referralgateway.api.outbox;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.platform.Ids;
import org.referralgateway.events.EventEnvelope;
import org.referralgateway.events.GatewayEvent;
import org.referralgateway.events.ReferralId;
import org.referralgateway.events.Topics;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes events in the caller's transaction. */
@Component
public class Outbox {

    private final JdbcClient db;
    private final Ids ids;
    private final Clock clock;
    private final RelaySignal relay;

    Outbox(JdbcClient db, Ids ids, Clock clock, RelaySignal relay) {
        this.db = db;
        this.ids = ids;
        this.clock = clock;
        this.relay = relay;
    }

    /**
     * Appends an event of a referral. Takes the referral's row lock until the transaction ends, so that sequences are
     * gapless and in commit order.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(String sender, UUID referral, GatewayEvent event, @Nullable String traceparent) {
        var sequence = event.type().topic().equals(Topics.REFERRAL_EVENTS)
                ? nextEventSequence(sender, referral)
                : nextTaskSequence(sender, referral);
        insert(OutboxRow.of(new EventEnvelope(
                ids.next(), sender, new ReferralId(referral), sequence, clock.instant(), traceparent, event)));
        relay.onceCommitted();
    }

    private long nextEventSequence(String sender, UUID referral) {
        return db.sql("""
                        update referral set event_sequence = event_sequence + 1
                        where sender = :sender and referral = :referral
                        returning event_sequence
                        """)
                .param("sender", sender)
                .param("referral", referral)
                .query(Long.class)
                .single();
    }

    private long nextTaskSequence(String sender, UUID referral) {
        return db.sql("""
                        update referral set task_sequence = task_sequence + 1
                        where sender = :sender and referral = :referral
                        returning task_sequence
                        """)
                .param("sender", sender)
                .param("referral", referral)
                .query(Long.class)
                .single();
    }

    private void insert(OutboxRow row) {
        db.sql("""
                        insert into outbox (sender, event, referral, sequence, topic, type, headers, data, shard, created_at)
                        values (:sender, :event, :referral, :sequence, :topic, :type, :headers::jsonb, :data, :shard, :createdAt)
                        """)
                .param("sender", row.sender())
                .param("event", row.event())
                .param("referral", row.referral())
                .param("sequence", row.sequence())
                .param("topic", row.topic())
                .param("type", row.type())
                .param("headers", row.headers())
                .param("data", row.data())
                .param("shard", row.shard())
                .param("createdAt", Timestamp.from(row.createdAt()))
                .update();
    }
}
