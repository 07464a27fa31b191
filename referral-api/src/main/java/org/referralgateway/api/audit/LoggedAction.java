package org.referralgateway.api.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the trail.
 *
 * @param leaf its place in the tree; null as long as it is not sealed
 */
record LoggedAction(
        long position,
        Instant at,
        String actor,
        String action,
        String outcome,
        @Nullable UUID referral,
        @Nullable String requestId,
        String detail,
        @Nullable Long leaf) {

    static LoggedAction of(ResultSet row, int number) throws SQLException {
        return new LoggedAction(
                row.getLong("position"),
                row.getTimestamp("at").toInstant(),
                row.getString("actor"),
                row.getString("action"),
                row.getString("outcome"),
                row.getObject("referral", UUID.class),
                row.getString("request_id"),
                row.getString("detail"),
                row.getObject("leaf", Long.class));
    }
}
