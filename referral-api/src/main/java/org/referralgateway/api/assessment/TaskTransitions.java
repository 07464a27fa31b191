package org.referralgateway.api.assessment;

import static org.referralgateway.events.TaskStatus.ACCEPTED;
import static org.referralgateway.events.TaskStatus.CANCELLED;
import static org.referralgateway.events.TaskStatus.COMPLETED;
import static org.referralgateway.events.TaskStatus.FAILED;
import static org.referralgateway.events.TaskStatus.IN_PROGRESS;
import static org.referralgateway.events.TaskStatus.ON_HOLD;
import static org.referralgateway.events.TaskStatus.RECEIVED;
import static org.referralgateway.events.TaskStatus.REJECTED;
import static org.referralgateway.events.TaskStatus.REQUESTED;

import java.util.Map;
import java.util.Set;
import org.referralgateway.events.TaskStatus;

/**
 * Which status may follow which. The coordination task follows the merged table of AU eRequesting, UMZH-Connect, ORCA and
 * COW; the tasks under it are the clinic's own and simpler. Staying in a status while its business status or owner changes
 * is always allowed while the task is open.
 */
final class TaskTransitions {

    private static final Map<TaskStatus, Set<TaskStatus>> COORDINATION = Map.of(
            REQUESTED, Set.of(RECEIVED, ACCEPTED, REJECTED, CANCELLED),
            RECEIVED, Set.of(ACCEPTED, REJECTED, CANCELLED),
            ACCEPTED, Set.of(IN_PROGRESS, CANCELLED),
            IN_PROGRESS, Set.of(ON_HOLD, COMPLETED, FAILED),
            ON_HOLD, Set.of(IN_PROGRESS),
            REJECTED, Set.of(),
            COMPLETED, Set.of(),
            FAILED, Set.of(),
            CANCELLED, Set.of());

    private static final Map<TaskStatus, Set<TaskStatus>> UNDER_IT = Map.of(
            REQUESTED, Set.of(IN_PROGRESS, COMPLETED, CANCELLED),
            IN_PROGRESS, Set.of(REQUESTED, ON_HOLD, COMPLETED, FAILED, CANCELLED),
            ON_HOLD, Set.of(IN_PROGRESS, COMPLETED, CANCELLED),
            RECEIVED, Set.of(),
            ACCEPTED, Set.of(),
            REJECTED, Set.of(),
            COMPLETED, Set.of(),
            FAILED, Set.of(),
            CANCELLED, Set.of());

    private TaskTransitions() {}

    static boolean allowed(boolean coordination, TaskStatus from, TaskStatus to) {
        if (from == to) {
            return from.isOpen();
        }
        return (coordination ? COORDINATION : UNDER_IT)
                .getOrDefault(from, Set.of())
                .contains(to);
    }
}
