package org.referralgateway.api.worklist;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.referralgateway.events.TaskStatus;

/**
 * Who touched a task last.
 *
 * @param actor as the trail names them
 */
record LastChange(
        boolean coordination,
        String actor,
        Instant at,
        TaskStatus status,
        @Nullable String stage) {

    private static final String PERSON = "person:";

    static LastChange of(ResultSet row, int number) throws SQLException {
        return new LastChange(
                row.getBoolean("coordination"),
                row.getString("actor"),
                row.getTimestamp("at").toInstant(),
                TaskStatus.of(row.getString("status")),
                row.getString("business_status"));
    }

    /** For example {@code Maria Lopez}. */
    public String who(String reader) {
        if (actor.equals(PERSON + reader)) {
            return "You";
        }
        if (actor.startsWith(PERSON)) {
            return actor.substring(PERSON.length());
        }
        return actor.startsWith("sender:") ? "The referrer" : "The gateway";
    }

    /** For example {@code took this}. */
    public String what() {
        if ("awaiting-information".equals(stage)) {
            return "asked the referrer for information";
        }
        return switch (status) {
            case REQUESTED -> coordination ? "opened this" : "gave this back";
            case RECEIVED -> "received this referral";
            case ACCEPTED -> "accepted this referral";
            case REJECTED -> "declined this referral";
            case IN_PROGRESS -> coordination ? "started work on this referral" : "took this";
            case ON_HOLD -> "put this on hold";
            case COMPLETED -> "completed this";
            case FAILED -> "ended this without success";
            case CANCELLED -> coordination ? "cancelled this referral" : "cancelled this";
        };
    }
}
