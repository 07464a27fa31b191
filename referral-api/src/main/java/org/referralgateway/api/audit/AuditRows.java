package org.referralgateway.api.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.referralgateway.trail.AuditRow;

/** Rows of the trail as they are sealed. */
final class AuditRows {

    /** Of a table named {@code a}. */
    static final String COLUMNS = """
            a.position, a.at, a.sender, a.actor, a.client, a.organisation, a.purpose, a.address, a.action,
            a.outcome, a.referral, a.version, a.request_id, a.detail::text as detail""";

    private AuditRows() {}

    static AuditRow of(ResultSet row, int number) throws SQLException {
        return new AuditRow(
                row.getLong("position"),
                row.getObject("at", java.time.OffsetDateTime.class).toInstant(),
                row.getString("sender"),
                row.getString("actor"),
                row.getString("client"),
                row.getString("organisation"),
                row.getString("purpose"),
                row.getString("address"),
                row.getString("action"),
                row.getString("outcome"),
                row.getObject("referral", UUID.class),
                row.getObject("version", Integer.class),
                row.getString("request_id"),
                row.getString("detail"));
    }
}
