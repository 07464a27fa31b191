package org.referralgateway.api.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Takes a database into use with its keyring: what referrals are found by is replaced by fingerprints, in one transaction and
 * before anything is served. A placer's number that was there plain, and came again, would else be taken for a new one.
 * What is read, and not searched, is locked later, in the background.
 */
final class FirstUse {

    private static final int BATCH = 2000;

    private final JdbcClient db;
    private final Vault vault;

    FirstUse(JdbcClient db, Vault vault) {
        this.db = db;
        this.vault = vault;
    }

    /** A value, and what the way it is replaced depends on. */
    private record Old(String sender, String kind, String value) {}

    void take(UUID keyring) {
        boolean first = db.sql("insert into vault (keyring) values (:keyring) on conflict do nothing")
                        .param("keyring", keyring)
                        .update()
                == 1;
        if (!first) {
            return;
        }
        replace(
                "select distinct sender, kind, key from submission_key",
                "update submission_key t set key = new.value from given new"
                        + " where t.sender = new.sender and t.kind = new.kind and t.key = new.old",
                (old, sender) -> Fingerprints.key(vault, sender, old.kind(), old.value()));
        replace(
                "select distinct sender, type, value from resource_identifier",
                "update resource_identifier t set value = new.value from given new"
                        + " where t.sender = new.sender and t.type = new.kind and t.value = new.old",
                (old, sender) -> Fingerprints.number(vault, sender, old.value()));
        replace(
                "select distinct sender, referral::text, key from referral_person",
                ", gone as (delete from referral_person t using given new"
                        + " where t.sender = new.sender and t.referral = new.kind::uuid and t.key = new.old"
                        + " returning t.sender, t.referral, new.value)"
                        + " insert into referral_person select sender, referral, value from gone",
                (old, sender) -> Fingerprints.person(vault, old.value()));
        replace(
                "select distinct sender, parked::text, key from parked_wait where key like 'number:%'",
                ", gone as (delete from parked_wait t using given new"
                        + " where t.sender = new.sender and t.parked = new.kind::uuid and t.key = new.old"
                        + " returning t.sender, t.parked, new.value)"
                        + " insert into parked_wait select sender, parked, value from gone",
                (old, sender) -> Fingerprints.handle(vault, sender, old.value()));
    }

    private void replace(String select, String update, BiFunction<Old, String, String> fingerprint) {
        var batch = new ArrayList<Old>(BATCH);
        db.sql(select).withFetchSize(BATCH).query(row -> {
            batch.add(new Old(row.getString(1), row.getString(2), row.getString(3)));
            if (batch.size() == BATCH) {
                replace(batch, update, fingerprint);
                batch.clear();
            }
        });
        replace(batch, update, fingerprint);
    }

    private void replace(List<Old> batch, String update, BiFunction<Old, String, String> fingerprint) {
        db.sql("""
                        with given as (
                            select * from unnest(:senders::text[], :kinds::text[], :olds::text[], :values::text[])
                                as one(sender, kind, old, value)
                        )
                        """ + update)
                .param("senders", texts(batch.stream().map(Old::sender).toList()))
                .param("kinds", texts(batch.stream().map(Old::kind).toList()))
                .param("olds", texts(batch.stream().map(Old::value).toList()))
                .param(
                        "values",
                        texts(batch.stream()
                                .map(old -> fingerprint.apply(old, old.sender()))
                                .toList()))
                .update();
    }

    private static SqlArrayValue texts(List<String> values) {
        return new SqlArrayValue("text", values.toArray());
    }
}
