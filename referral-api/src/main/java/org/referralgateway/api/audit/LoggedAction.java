package org.referralgateway.api.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the trail. */
record LoggedAction(
        long position,
        Instant at,
        String actor,
        String action,
        String outcome,
        @Nullable UUID referral,
        @Nullable String requestId,
        String detail) {

    static LoggedAction of(ResultSet row, int number) throws SQLException {
        return new LoggedAction(
                row.getLong("position"),
                row.getTimestamp("at").toInstant(),
                row.getString("actor"),
                row.getString("action"),
                row.getString("outcome"),
                row.getObject("referral", UUID.class),
                row.getString("request_id"),
                row.getString("detail"));
    }
}
