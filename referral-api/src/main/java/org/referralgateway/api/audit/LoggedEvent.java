package org.referralgateway.api.audit;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event and where it lies.
 *
 * @param position in our log; gaps are transactions that were rolled back
 * @param sequence per referral and topic, gapless
 * @param place partition and offset, once the broker has it
 * @param data the payload as sent, JSON
 */
record LoggedEvent(
        long position,
        UUID referral,
        long sequence,
        String topic,
        String type,
        Instant createdAt,
        @Nullable String place,
        String headers,
        String data) {

    static LoggedEvent of(ResultSet row, int number) throws SQLException {
        return new LoggedEvent(
                row.getLong("position"),
                row.getObject("referral", UUID.class),
                row.getLong("sequence"),
                row.getString("topic"),
                row.getString("type"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("place"),
                row.getString("headers"),
                new String(row.getBytes("data"), StandardCharsets.UTF_8));
    }
}
