package org.referralgateway.api.worklist;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.vault.Places;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.events.TaskStatus;
import org.referralgateway.events.Urgency;

/**
 * A task as the worklist shows it, with what one must know of its referral to act.
 *
 * @param rank of the priority, the most urgent first
 * @param level how soon, as the clinic's rules propose
 * @param alerts what to heed: {@code red-flag:} and {@code hold:} with their names
 * @param decision status of the referral's coordination task: the decision about it, or that there is none yet
 * @param stage business status of the coordination task
 */
record WorklistRow(
        String sender,
        UUID task,
        UUID referral,
        String code,
        TaskStatus status,
        String ownerRole,
        @Nullable String owner,
        Urgency priority,
        int rank,
        @Nullable Instant dueAt,
        int version,
        Instant receivedAt,
        @Nullable String patientName,
        @Nullable String conditionGroup,
        List<String> missing,
        @Nullable String level,
        List<String> alerts,
        TaskStatus decision,
        @Nullable String stage) {

    static WorklistRow of(ResultSet row, Vault vault) throws SQLException {
        var sender = row.getString("sender");
        var referral = row.getObject("referral", UUID.class);
        Timestamp due = row.getTimestamp("due_at");
        Array missing = row.getArray("missing");
        Array alerts = row.getArray("alerts");
        return new WorklistRow(
                sender,
                row.getObject("task", UUID.class),
                referral,
                row.getString("code"),
                TaskStatus.of(row.getString("status")),
                row.getString("owner_role"),
                row.getString("owner"),
                Urgency.of(row.getString("priority")),
                row.getInt("rank"),
                due == null ? null : due.toInstant(),
                row.getInt("version"),
                row.getTimestamp("received_at").toInstant(),
                vault.shown(referral, Places.patientName(sender, referral), row.getString("patient_name")),
                row.getString("condition_group"),
                List.of((String[]) missing.getArray()),
                row.getString("triage_level"),
                List.of((String[]) alerts.getArray()),
                TaskStatus.of(row.getString("decision")),
                row.getString("stage"));
    }

    /** The names of what the rules say must not wait. */
    public List<String> redFlags() {
        return named("red-flag:");
    }

    /** The names of what a clinician has to decide before any infusion. */
    public List<String> holds() {
        return named("hold:");
    }

    private List<String> named(String kind) {
        return alerts.stream()
                .filter(alert -> alert.startsWith(kind))
                .map(alert -> alert.substring(kind.length()))
                .toList();
    }

    public boolean isCoordination() {
        return code.equals("coordination");
    }

    /** True while the referral is neither accepted nor declined nor withdrawn. */
    public boolean isUndecided() {
        return decision == TaskStatus.REQUESTED || decision == TaskStatus.RECEIVED;
    }

    public boolean isOpen() {
        return isCoordination() ? isUndecided() : status.isOpen();
    }

    public boolean isOwnedBy(String person) {
        return person.equals(owner);
    }

    public boolean isOwnedByAnother(String person) {
        return owner != null && !person.equals(owner);
    }

    /** The coordination task is worked on by deciding; the tasks under it are taken, given back and done. */
    public boolean canBeClaimedBy(String person) {
        return isOpen() && !isCoordination() && !person.equals(owner);
    }

    public boolean canBeReleasedBy(String person) {
        return status == TaskStatus.IN_PROGRESS && !isCoordination() && person.equals(owner);
    }

    /** Triage is done by deciding. */
    public boolean canBeCompletedBy(String person) {
        boolean isDoneByDeciding = code.equals("triage") && isUndecided();
        return isOpen() && !isCoordination() && !isDoneByDeciding && !isOwnedByAnother(person);
    }

    /** Deciding about the referral is the coordinator's work. */
    public boolean canBeDecidedBy(String person) {
        return isOpen()
                && isUndecided()
                && (isCoordination() || ownerRole.equals("coordinator"))
                && !isOwnedByAnother(person);
    }

    WorklistFilter.Position position() {
        long micros = dueAt == null
                ? Long.MAX_VALUE
                : Math.addExact(Math.multiplyExact(dueAt.getEpochSecond(), 1_000_000L), dueAt.getNano() / 1000);
        return new WorklistFilter.Position(rank, micros, task);
    }
}
