package org.referralgateway.api.worklist;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.referralgateway.mapper.ReferralDiff.Change;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What the placer changed since the referral was first sent. */
@Component
class ReferralVersions {

    private final JdbcClient db;
    private final JsonMapper json;

    ReferralVersions(JdbcClient db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /**
     * @param kind {@code amended}, {@code cancelled} or {@code withdrawn-in-error}
     */
    record Version(int number, Instant at, String kind, List<Change> changes) {}

    /** The later versions, the newest first; none where it was never changed. */
    List<Version> of(String sender, UUID referral) {
        return db.sql("""
                        select version, at, kind, changes::text from referral_version
                        where sender = :sender and referral = :referral and version > 1
                        order by version desc
                        """)
                .param("sender", sender)
                .param("referral", referral)
                .query((row, number) -> new Version(
                        row.getInt("version"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("kind"),
                        json.readValue(row.getString("changes"), new TypeReference<List<Change>>() {})))
                .list();
    }
}
