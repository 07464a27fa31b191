package org.referralgateway.api.outbox;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.platform.Ids;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.events.EventEnvelope;
import org.referralgateway.events.GatewayEvent;
import org.referralgateway.events.ReferralId;
import org.referralgateway.events.Topics;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
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
    private final Vault vault;

    Outbox(JdbcClient db, Ids ids, Clock clock, RelaySignal relay, Vault vault) {
        this.vault = vault;
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
        append(sender, referral, List.of(event), traceparent);
    }

    /** The same of several events on one topic, in their order, with two statements however many they are. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(
            String sender, UUID referral, List<? extends GatewayEvent> events, @Nullable String traceparent) {
        if (events.isEmpty()) {
            return;
        }
        var last = lastOf(events.getFirst().type().topic(), sender, referral, events.size());
        var now = clock.instant();
        var rows = new ArrayList<OutboxRow>(events.size());
        for (int i = 0; i < events.size(); i++) {
            var sequence = last - events.size() + 1 + i;
            var event = new EventEnvelope(
                    ids.next(), sender, new ReferralId(referral), sequence, now, traceparent, events.get(i));
            rows.add(OutboxRow.of(event, vault));
        }
        insert(rows);
        relay.onceCommitted();
    }

    /** Counts on, and locks the referral. */
    private long lastOf(String topic, String sender, UUID referral, int count) {
        var sequence = topic.equals(Topics.REFERRAL_EVENTS) ? "event_sequence" : "task_sequence";
        return db.sql("""
                        update referral set %1$s = %1$s + :count
                        where sender = :sender and referral = :referral
                        returning %1$s
                        """.formatted(sequence))
                .param("count", count)
                .param("sender", sender)
                .param("referral", referral)
                .query(Long.class)
                .single();
    }

    private void insert(List<OutboxRow> rows) {
        db.sql("""
                        insert into outbox (sender, event, referral, sequence, topic, type, headers, data, shard, created_at)
                        select :sender, event, :referral, sequence, topic, type, headers::jsonb, data, :shard, :createdAt::timestamptz
                        from unnest(:events::uuid[], :sequences::bigint[], :topics::text[], :types::text[], :headers::text[],
                                    :data::bytea[]) with ordinality
                            as new(event, sequence, topic, type, headers, data, place)
                        order by place
                        """)
                .param("sender", rows.getFirst().sender())
                .param("referral", rows.getFirst().referral())
                .param("shard", rows.getFirst().shard())
                .param("createdAt", Timestamp.from(rows.getFirst().createdAt()))
                .param("events", array("uuid", rows, OutboxRow::event))
                .param("sequences", array("bigint", rows, OutboxRow::sequence))
                .param("topics", array("text", rows, OutboxRow::topic))
                .param("types", array("text", rows, OutboxRow::type))
                .param("headers", array("text", rows, OutboxRow::headers))
                .param("data", new SqlArrayValue("bytea", (Object[])
                        rows.stream().map(OutboxRow::data).toArray(byte[][]::new)))
                .update();
    }

    private static SqlArrayValue array(String type, List<OutboxRow> rows, Function<OutboxRow, Object> column) {
        return new SqlArrayValue(type, rows.stream().map(column).toArray());
    }
}
