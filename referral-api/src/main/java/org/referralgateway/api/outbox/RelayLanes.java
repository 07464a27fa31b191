package org.referralgateway.api.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The lanes that this instance owns, on one connection: PostgreSQL's advisory locks belong to the session, so an instance
 * that dies gives its lanes back by dying. All reading and marking goes over the same connection, so that whoever has lost
 * the locks has lost the means to send as well.
 */
final class RelayLanes {

    /** The first key of our advisory locks; the second is the lane. */
    private static final int LOCK_CLASS = 0x0EF0;

    private final Connection connection;
    private final SortedSet<Integer> owned = new TreeSet<>();

    RelayLanes(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(true);
    }

    /** Takes every lane that nobody has. */
    void take() throws SQLException {
        try (var lock = connection.prepareStatement("select pg_try_advisory_lock(?, ?)")) {
            for (int lane = 0; lane < OutboxRow.SHARDS; lane++) {
                if (owned.contains(lane)) {
                    continue;
                }
                lock.setInt(1, LOCK_CLASS);
                lock.setInt(2, lane);
                try (var row = lock.executeQuery()) {
                    if (row.next() && row.getBoolean(1)) {
                        owned.add(lane);
                    }
                }
            }
        }
    }

    boolean ownsAll() {
        return owned.size() == OutboxRow.SHARDS;
    }

    /** The oldest unsent events of the owned lanes, in order. */
    List<UnsentEvent> unsent(int limit) throws SQLException {
        var events = new ArrayList<UnsentEvent>();
        if (owned.isEmpty()) {
            return events;
        }
        // Tenancy: the relay serves all senders; what it reads goes to the topics and nowhere else.
        try (var select = connection.prepareStatement("""
                select position, referral, topic, headers::text, data from outbox
                where sent_at is null and shard = any(?)
                order by position limit ?
                """)) {
            select.setArray(1, connection.createArrayOf("smallint", owned.toArray()));
            select.setInt(2, limit);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    events.add(new UnsentEvent(
                            rows.getLong(1),
                            rows.getObject(2, UUID.class),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getBytes(5)));
                }
            }
        }
        return events;
    }

    void markSent(List<UnsentEvent.Sent> sent, Instant at) throws SQLException {
        if (sent.isEmpty()) {
            return;
        }
        try (var update = connection.prepareStatement("""
                update outbox o set sent_at = ?, partition = s.partition, "offset" = s.offset
                from unnest(?::bigint[], ?::int[], ?::bigint[]) as s(position, partition, "offset")
                where o.position = s.position
                """)) {
            update.setTimestamp(1, Timestamp.from(at));
            update.setArray(
                    2,
                    connection.createArrayOf(
                            "bigint",
                            sent.stream().map(UnsentEvent.Sent::position).toArray()));
            update.setArray(
                    3,
                    connection.createArrayOf(
                            "int",
                            sent.stream().map(UnsentEvent.Sent::partition).toArray()));
            update.setArray(
                    4,
                    connection.createArrayOf(
                            "bigint",
                            sent.stream().map(UnsentEvent.Sent::offset).toArray()));
            update.executeUpdate();
        }
    }

    /** Tells the instances that own other lanes that there is news. */
    void tellOthers(String instance) throws SQLException {
        try (var notify = connection.prepareStatement("select pg_notify('referral_outbox', ?)")) {
            notify.setString(1, instance);
            notify.execute();
        }
    }
}
