package org.referralgateway.api.worklist;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.referralgateway.api.vault.LockedJson;
import org.referralgateway.api.vault.Places;
import org.referralgateway.api.vault.Vault;
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
    private final Vault vault;

    ReferralVersions(JdbcClient db, JsonMapper json, Vault vault) {
        this.vault = vault;
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
                        changes(sender, referral, row.getInt("version"), row.getString("changes"))))
                .list();
    }

    /** An array, or the text of one that is locked. */
    private List<Change> changes(String sender, UUID referral, int version, String stored) {
        var array = vault.open(referral, Places.changes(sender, referral, version), LockedJson.text(stored));
        return json.readValue(array, new TypeReference<List<Change>>() {});
    }
}
