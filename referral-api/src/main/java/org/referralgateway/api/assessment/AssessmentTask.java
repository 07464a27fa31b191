package org.referralgateway.api.assessment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.vault.Places;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.events.TaskStatus;
import org.referralgateway.events.Urgency;

/**
 * A task as it stands.
 *
 * @param code what is to be done; {@link #COORDINATION} for the one that the placer sees
 * @param partOf the coordination task; absent on that one itself
 * @param statusReason why, as a code; {@code statusNote} in the coordinator's words
 * @param owner who works on it, where somebody has claimed it
 * @param because the pathway rule that opened it
 */
public record AssessmentTask(
        String sender,
        UUID id,
        UUID referral,
        String code,
        @Nullable UUID partOf,
        TaskStatus status,
        @Nullable String businessStatus,
        @Nullable String statusReason,
        @Nullable String statusNote,
        String ownerRole,
        @Nullable String owner,
        Urgency priority,
        @Nullable Instant dueAt,
        String because,
        int version,
        Instant openedAt,
        Instant updatedAt) {

    public static final String COORDINATION = "coordination";

    /** Never shown to a sender: it would tell that another one referred the same person. */
    public static final String VERIFY_IDENTITY = "verify-identity";

    public boolean isCoordination() {
        return code.equals(COORDINATION);
    }

    public static AssessmentTask of(ResultSet row, Vault vault) throws SQLException {
        var sender = row.getString("sender");
        var id = row.getObject("task", UUID.class);
        var referral = row.getObject("referral", UUID.class);
        Timestamp due = row.getTimestamp("due_at");
        return new AssessmentTask(
                sender,
                id,
                referral,
                row.getString("code"),
                row.getObject("part_of", UUID.class),
                TaskStatus.of(row.getString("status")),
                row.getString("business_status"),
                row.getString("status_reason"),
                vault.shown(referral, Places.taskNote(sender, id), row.getString("status_note")),
                row.getString("owner_role"),
                row.getString("owner"),
                Urgency.of(row.getString("priority")),
                due == null ? null : due.toInstant(),
                row.getString("because"),
                row.getInt("version"),
                row.getTimestamp("opened_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }
}
