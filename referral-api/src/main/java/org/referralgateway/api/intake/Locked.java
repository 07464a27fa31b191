package org.referralgateway.api.intake;

import java.util.UUID;
import org.referralgateway.api.vault.Fingerprints;
import org.referralgateway.api.vault.Place;
import org.referralgateway.api.vault.Vault;

/** Where what was sent lies locked, and as what its numbers are stored. One place, for those who write and those who read. */
final class Locked {

    private Locked() {}

    static Place body(String sender, UUID submission) {
        return new Place("submission", "body", submission, sender);
    }

    static Place converted(String sender, UUID submission) {
        return new Place("submission", "converted", submission, sender);
    }

    static Place links(String sender, UUID submission) {
        return new Place("submission", "links", submission, sender);
    }

    static Place parkedBody(String sender, UUID parked) {
        return new Place("parked_submission", "body", parked, sender);
    }

    static Place parkedPut(String sender, UUID parked) {
        return new Place("parked_submission", "put", parked, sender);
    }

    /** The same in the tables referral and referral_version, so that a version is locked once. */
    static Place content(String sender, UUID referral, int version) {
        return new Place("referral", "content", referral + "/" + version, sender);
    }

    static Place changes(String sender, UUID referral, int version) {
        return new Place("referral_version", "changes", referral + "/" + version, sender);
    }

    static Place patientName(String sender, UUID referral) {
        return new Place("referral", "patient_name", referral, sender);
    }

    static String number(Vault vault, String sender, String value) {
        return Fingerprints.number(vault, sender, value);
    }

    static String key(Vault vault, String sender, SubmissionKey key) {
        return Fingerprints.key(vault, sender, key.kind(), key.key());
    }

    static String handle(Vault vault, String sender, String handle) {
        return Fingerprints.handle(vault, sender, handle);
    }

    /** A locked text in a column of JSON. */
    static String json(String text) {
        return text.startsWith("{") || text.startsWith("[") ? text : "\"" + text + "\"";
    }

    static String ofJson(String stored) {
        return stored.startsWith("\"") ? stored.substring(1, stored.length() - 1) : stored;
    }
}
