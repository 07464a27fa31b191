package org.referralgateway.api.auditevents;

import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.referralgateway.trail.AuditRow;

/** What an action is among FHIR's interactions. What is none of them is an operation. */
enum Interaction {
    CREATE("create", "Create", AuditEventAction.C),
    READ("read", "Read", AuditEventAction.R),
    UPDATE("update", "Update", AuditEventAction.U),
    QUERY("search-type", "Query", AuditEventAction.E),
    OPERATION("operation", "", AuditEventAction.E);

    private final String code;
    private final String profile;
    private final AuditEventAction action;

    Interaction(String code, String profile, AuditEventAction action) {
        this.code = code;
        this.profile = profile;
        this.action = action;
    }

    static Interaction of(AuditRow row) {
        var action = row.action();
        return switch (action) {
            case "referral.received", "resource.received", "referral.parked", "tasks.opened" -> CREATE;
            case "fhir.read",
                    "fhir.receipt",
                    "fhir.event-opened",
                    "referral.viewed",
                    "referral.payload-downloaded",
                    "referral.sent-again" -> READ;
            case "fhir.search", "worklist.viewed", "waiting.viewed", "log.viewed", "auditevents.searched" -> QUERY;
            case "fhir.preview",
                    "fhir.validate",
                    "trail.exported",
                    "trail.verified",
                    "audit.not-sealed",
                    "events.resent",
                    "record.released",
                    "record.discarded" -> OPERATION;
            default -> row.referral() == null ? OPERATION : UPDATE;
        };
    }

    /** FHIR's code of the interaction. */
    String code() {
        return code;
    }

    AuditEventAction action() {
        return action;
    }

    boolean hasProfile() {
        return !profile.isEmpty();
    }

    /** Canonical of BALP's profile. */
    String profile(boolean ofPatient) {
        return "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit." + (ofPatient ? "Patient" : "")
                + profile;
    }

    /** Which way the data flows: with a read from the server to the client, otherwise to the server. */
    boolean clientIsSource() {
        return this != READ;
    }
}
