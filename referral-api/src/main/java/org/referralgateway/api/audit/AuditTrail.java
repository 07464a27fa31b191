package org.referralgateway.api.audit;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Appends to the trail, in the caller's transaction. */
@Component
public class AuditTrail {

    /** Instead of a sender, where a row tells of the clinic's own people and not of any sender's referral. */
    public static final String HOUSE = "";

    private final JdbcClient db;
    private final JsonMapper json;

    public AuditTrail(JdbcClient db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    public void append(AuditEntry entry) {
        db.sql("""
                        insert into audit_event (sender, at, actor, client, organisation, purpose, address, action,
                                                 outcome, referral, version, request_id, detail)
                        values (:sender, :at, :actor, :client, :organisation, :purpose, :address, :action,
                                :outcome, :referral, :version, :requestId, :detail::jsonb)
                        """)
                .param("sender", entry.sender())
                .param("at", java.sql.Timestamp.from(entry.at()))
                .param("actor", entry.who().actor())
                .param("client", entry.who().client(), java.sql.Types.VARCHAR)
                .param("organisation", entry.who().organisation(), java.sql.Types.VARCHAR)
                .param("purpose", entry.who().purpose(), java.sql.Types.VARCHAR)
                .param("address", CallerAddress.current(), java.sql.Types.VARCHAR)
                .param("action", entry.action())
                .param("outcome", entry.outcome())
                .param("referral", entry.referral(), java.sql.Types.OTHER)
                .param("version", entry.version(), java.sql.Types.INTEGER)
                .param("requestId", entry.requestId(), java.sql.Types.VARCHAR)
                .param("detail", json.writeValueAsString(entry.detail()))
                .update();
    }
}
