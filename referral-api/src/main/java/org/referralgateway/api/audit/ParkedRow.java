package org.referralgateway.api.audit;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be used, or that waits for one.
 *
 * @param state {@code quarantined} or {@code waiting}
 * @param data the beginning of its value
 */
record ParkedRow(
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        String state,
        String reason,
        Instant at,
        String data) {

    private static final int SHOWN_BYTES = 4000;

    static ParkedRow of(ResultSet row, int number) throws SQLException {
        var data = row.getBytes("data");
        return new ParkedRow(
                row.getString("topic"),
                row.getInt("partition"),
                row.getLong("offset"),
                row.getString("key"),
                row.getString("state"),
                row.getString("reason"),
                row.getTimestamp("parked_at").toInstant(),
                data == null ? "" : new String(data, 0, Math.min(SHOWN_BYTES, data.length), StandardCharsets.UTF_8));
    }
}
