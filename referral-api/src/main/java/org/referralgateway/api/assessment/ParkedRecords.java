package org.referralgateway.api.assessment;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.referralgateway.events.EventHead;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records that could not be used. A broken one is quarantined with its reason; what comes later for the same referral waits
 * for it. An operator releases it once the cause is gone; nothing is ever thrown away.
 */
@Component
public class ParkedRecords {

    private final JdbcClient db;
    private final JsonMapper json;
    private final Clock clock;
    private final Counter quarantined;

    ParkedRecords(JdbcClient db, JsonMapper json, Clock clock, MeterRegistry meters) {
        this.db = db;
        this.json = json;
        this.clock = clock;
        // From the start: an alarm on its increase would miss the first record if the counter began at one.
        this.quarantined = meters.counter("referral.assessment.quarantined");
    }

    void quarantine(TopicRecord record, String reason) {
        if (park(record, "quarantined", reason)) {
            quarantined.increment();
        }
    }

    void waiting(TopicRecord record, String reason) {
        park(record, "waiting", reason);
    }

    private boolean park(TopicRecord record, String state, String reason) {
        return db.sql("""
                        insert into parked_record (topic, partition, "offset", key, headers, data, state, reason, sequence,
                                                   parked_at)
                        values (:topic, :partition, :offset, :key, :headers::jsonb, :data, :state, :reason, :sequence, :now)
                        on conflict do nothing
                        """)
                        .param("topic", record.topic())
                        .param("partition", record.partition())
                        .param("offset", record.offset())
                        .param("key", withoutNul(record.key()), Types.VARCHAR)
                        .param("headers", withoutNul(json.writeValueAsString(record.headers())))
                        .param("data", record.data(), Types.BINARY)
                        .param("state", state)
                        .param("reason", reason)
                        .param("sequence", sequence(record), Types.BIGINT)
                        .param("now", Timestamp.from(clock.instant()))
                        .update()
                == 1;
    }

    private static @Nullable String withoutNul(@Nullable String text) {
        return text == null ? null : text.replace("\u0000", "").replace("\\u0000", "");
    }

    private static @Nullable Long sequence(TopicRecord record) {
        var text = record.headers().get("ce_sequence");
        return text != null && text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
    }

    /** The keys of which something is parked, quarantined or waiting; the caller may add to them. */
    Set<String> keysAmong(List<TopicRecord> records) {
        var keys = records.stream()
                .map(TopicRecord::key)
                .filter(Objects::nonNull)
                .map(ParkedRecords::withoutNul)
                .distinct()
                .toArray();
        return new HashSet<>(db.sql("""
                        select distinct key from parked_record where key = any(:keys) and state <> 'released'
                        """)
                .param("keys", new SqlArrayValue("text", keys))
                .query((row, number) -> row.getString("key"))
                .list());
    }

    /** True where an earlier record of the same referral is quarantined. */
    boolean holds(TopicRecord record) {
        if (record.key() == null) {
            return false;
        }
        return db.sql("""
                        select exists (select 1 from parked_record
                                       where key = :key and state = 'quarantined'
                                         and (topic, partition, "offset") <> (:topic, :partition, :offset))
                        """)
                .param("key", withoutNul(record.key()), Types.VARCHAR)
                .param("topic", record.topic())
                .param("partition", record.partition())
                .param("offset", record.offset())
                .query(Boolean.class)
                .single();
    }

    /** The waiting record that comes next after an event that has just had its effect. */
    Optional<TopicRecord> nextOf(EventHead event) {
        return db.sql("""
                        select * from parked_record
                        where key = :key and state = 'waiting' and sequence = :next
                        order by partition, "offset" limit 1
                        """)
                .param("key", event.referral().toString())
                .param("next", event.sequence() + 1)
                .query(this::record)
                .optional();
    }

    private TopicRecord record(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new TopicRecord(
                row.getString("topic"),
                row.getInt("partition"),
                row.getLong("offset"),
                row.getString("key"),
                json.readValue(row.getString("headers"), new TypeReference<Map<String, String>>() {}),
                row.getBytes("data"));
    }

    void released(TopicRecord record) {
        db.sql("""
                        update parked_record set state = 'released', released_at = :now
                        where topic = :topic and partition = :partition and "offset" = :offset
                        """)
                .param("now", Timestamp.from(clock.instant()))
                .param("topic", record.topic())
                .param("partition", record.partition())
                .param("offset", record.offset())
                .update();
    }

    /** A record that is still parked. */
    Optional<TopicRecord> find(String topic, int partition, long offset) {
        return db.sql("""
                        select * from parked_record
                        where topic = :topic and partition = :partition and "offset" = :offset and state <> 'released'
                        """)
                .param("topic", topic)
                .param("partition", partition)
                .param("offset", offset)
                .query(this::record)
                .optional();
    }

    /** The waiting records of the same key, oldest first. */
    List<TopicRecord> waitingFor(TopicRecord record) {
        return db.sql("""
                        select * from parked_record
                        where key = :key and state = 'waiting' order by sequence, partition, "offset"
                        """)
                .param("key", record.key(), Types.VARCHAR)
                .query(this::record)
                .list();
    }
}
