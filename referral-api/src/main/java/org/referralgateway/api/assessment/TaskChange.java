package org.referralgateway.api.assessment;

import org.jspecify.annotations.Nullable;
import org.referralgateway.events.TaskStatus;

/**
 * What becomes of a task. Everything is said anew, so that no stale reason or stage survives a change.
 *
 * @param owner who works on it from now on
 */
public record TaskChange(
        TaskStatus status,
        @Nullable String businessStatus,
        @Nullable String statusReason,
        @Nullable String statusNote,
        @Nullable String owner) {

    /** Somebody takes the task. */
    public static TaskChange claimedBy(String person) {
        return new TaskChange(TaskStatus.IN_PROGRESS, null, null, null, person);
    }

    /** Whoever had it gives it back. */
    public static TaskChange released() {
        return new TaskChange(TaskStatus.REQUESTED, null, null, null, null);
    }

    public static TaskChange completedBy(String person) {
        return new TaskChange(TaskStatus.COMPLETED, null, null, null, person);
    }
}
