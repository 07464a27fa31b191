package org.referralgateway.api.assessment;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.vault.Erased;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.events.EventCodec;
import org.referralgateway.events.EventHead;
import org.referralgateway.events.LockedBytes;
import org.referralgateway.events.UnreadableEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives each event its effect exactly once and in the order of its referral, whatever the topic delivers: again, too early,
 * or broken. The effect commits together with the inbox row that remembers it.
 */
@Component
class RecordProcessing {

    private static final String CONSUMER = "assessment";

    private final EventCodec codec = new EventCodec();
    private final JdbcClient db;
    private final ParkedRecords parked;
    private final EventEffects effects;
    private final Clock clock;
    private final Vault vault;

    RecordProcessing(JdbcClient db, ParkedRecords parked, EventEffects effects, Clock clock, Vault vault) {
        this.vault = vault;
        this.db = db;
        this.parked = parked;
        this.effects = effects;
        this.clock = clock;
    }

    /** What became of a record. */
    enum Disposition {
        /** It had its effect now. */
        APPLIED,
        /** Its effect was committed earlier; it was delivered again. */
        SEEN_BEFORE,
        /** It waits, or is quarantined. */
        PARKED
    }

    /** A batch, in its order. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void process(List<TopicRecord> records) {
        var withParked = parked.keysAmong(records);
        records.forEach(record -> process(record, withParked));
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public Disposition process(TopicRecord record) {
        return process(record, parked.keysAmong(List.of(record)));
    }

    /** What became of a record, and of those that waited for it, one after the other: there may be thousands. */
    private Disposition process(TopicRecord record, Set<String> withParked) {
        var first = alone(record, withParked);
        var next = first.next();
        while (next != null) {
            parked.released(next);
            next = alone(next, withParked).next();
        }
        return first.disposition();
    }

    /**
     * @param next the record that waited for this one
     */
    private record Processed(
            Disposition disposition, @Nullable TopicRecord next) {}

    /**
     * @param withParked keys of which something is parked; the usual record has none of those and is asked no more
     */
    private Processed alone(TopicRecord record, Set<String> withParked) {
        var key = record.key() == null ? "" : record.key();
        if (withParked.contains(key) && parked.holds(record)) {
            parked.waiting(record, "an earlier event of this referral is quarantined");
            return new Processed(Disposition.PARKED, null);
        }
        EventHead head;
        Runnable effect;
        try {
            head = codec.head(record.key(), record.headers());
            effect = effect(record, head);
        } catch (UnreadableEvent e) {
            parked.quarantine(record, e.code() + ": " + e.getMessage());
            withParked.add(key);
            return new Processed(Disposition.PARKED, null);
        }
        var disposition = inOrder(record, head, effect);
        if (disposition == Disposition.PARKED) {
            withParked.add(key);
        }
        boolean letsOthersGoOn = disposition == Disposition.APPLIED && withParked.contains(key);
        return new Processed(disposition, letsOthersGoOn ? parked.nextOf(head).orElse(null) : null);
    }

    /** What an event said of somebody who was erased has no effect any more, but keeps its place in the order. */
    private Runnable effect(TopicRecord record, EventHead head) {
        try {
            var data = vault.open(record.headers(), head.referral().value(), record.data());
            var event = codec.read(record.key(), record.headers(), data);
            return () -> effects.apply(event);
        } catch (Erased e) {
            return () -> {};
        } catch (LockedBytes.NotForThisKey e) {
            throw new UnreadableEvent("bad-data", "The value does not open with the key of its referral.");
        }
    }

    private Disposition inOrder(TopicRecord record, EventHead event, Runnable effect) {
        long last = lastSequence(event);
        if (event.sequence() <= last) {
            return Disposition.SEEN_BEFORE;
        }
        if (event.sequence() > last + 1) {
            parked.waiting(record, "event " + (last + 1) + " of this referral has not arrived");
            return Disposition.PARKED;
        }
        if (!claim(event)) {
            return Disposition.SEEN_BEFORE;
        }
        effect.run();
        return Disposition.APPLIED;
    }

    /** Locks the referral's progress, so that two consumers cannot both think it is their turn. */
    private long lastSequence(EventHead event) {
        return db.sql("""
                        insert into assessment_progress as known (sender, referral, last_sequence)
                        values (:sender, :referral, 0)
                        on conflict (sender, referral) do update set last_sequence = known.last_sequence
                        returning last_sequence
                        """)
                .param("sender", event.sender())
                .param("referral", event.referral().value())
                .query(Long.class)
                .single();
    }

    /** True for the first caller only; then the referral has come as far as this event. A rollback takes both back. */
    private boolean claim(EventHead event) {
        return db.sql("""
                        with claimed as (
                            insert into inbox (consumer, event, processed_at) values (:consumer, :event, :now)
                            on conflict do nothing
                            returning 1
                        )
                        update assessment_progress set last_sequence = :sequence
                        where sender = :sender and referral = :referral and exists (select 1 from claimed)
                        """)
                        .param("consumer", CONSUMER)
                        .param("event", event.id())
                        .param("now", Timestamp.from(clock.instant()))
                        .param("sequence", event.sequence())
                        .param("sender", event.sender())
                        .param("referral", event.referral().value())
                        .update()
                == 1;
    }
}
