package org.referralgateway.api.vault;

import java.util.UUID;

/** Where each thing lies that is locked: one list, for those who write and those who read. */
public final class Places {

    private Places() {}

    public static Place body(String sender, UUID submission) {
        return new Place("submission", "body", submission, sender);
    }

    public static Place converted(String sender, UUID submission) {
        return new Place("submission", "converted", submission, sender);
    }

    public static Place links(String sender, UUID submission) {
        return new Place("submission", "links", submission, sender);
    }

    public static Place parkedBody(String sender, UUID parked) {
        return new Place("parked_submission", "body", parked, sender);
    }

    public static Place parkedPut(String sender, UUID parked) {
        return new Place("parked_submission", "put", parked, sender);
    }

    /** The same in the tables referral and referral_version, so that a version is locked once. */
    public static Place content(String sender, UUID referral, int version) {
        return new Place("referral", "content", referral + "/" + version, sender);
    }

    public static Place changes(String sender, UUID referral, int version) {
        return new Place("referral_version", "changes", referral + "/" + version, sender);
    }

    /** The name that lists show. */
    public static Place patientName(String sender, UUID referral) {
        return new Place("referral", "patient_name", referral, sender);
    }

    /** The words of whoever changed a task, in the tables task and task_history: they may say anything of anybody. */
    public static Place taskNote(String sender, UUID task) {
        return new Place("task", "status_note", task, sender);
    }
}
