package org.referralgateway.api.intake;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** What a referral is found by, brought up to date when it is amended; that of a new one is stored in one go with it. */
@Repository
class ReferralKeys {

    private final JdbcClient db;

    ReferralKeys(JdbcClient db) {
        this.db = db;
    }

    /** @param keys separated by line breaks, as {@link ReferralColumns#person} makes them */
    void personIs(String sender, UUID referral, String keys) {
        replace("referral_person", sender, referral, List.of(keys.split("\n")));
    }

    /** @param resources that the sender had sent before, as {@code Type/id} */
    void uses(String sender, UUID referral, List<String> resources) {
        replace("referral_use", sender, referral, resources);
    }

    private void replace(String table, String sender, UUID referral, List<String> keys) {
        db.sql("""
                        with gone as (
                            delete from %1$s
                            where sender = :sender and referral = :referral and key <> all(:keys::text[])
                        )
                        insert into %1$s (sender, referral, key)
                        select :sender, :referral, given.key from unnest(:keys::text[]) as given(key) where given.key <> ''
                        on conflict do nothing
                        """.formatted(table))
                .param("sender", sender)
                .param("referral", referral)
                .param("keys", new SqlArrayValue("text", keys.toArray()))
                .update();
    }
}
