package org.referralgateway.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happened to a task of a referral. Topic {@link Topics#ASSESSMENT_TASKS}. */
public sealed interface TaskEvent extends GatewayEvent {

    /**
     * A task was opened.
     *
     * @param code what is to be done, for example {@code completeness-check}
     * @param partOf the coordination task it hangs under; absent on the coordination task itself
     * @param ownerRole who is to do it, for example {@code coordinator}
     * @param dueAt when it should be done (UTC)
     * @param because the name of the pathway rule that opened it
     */
    record Opened(
            TaskId task,
            String code,
            @Nullable TaskId partOf,
            TaskStatus status,
            String ownerRole,
            Urgency priority,
            @Nullable Instant dueAt,
            String because)
            implements TaskEvent {
        @Override
        @JsonIgnore
        public EventType type() {
            return EventType.TASK_OPENED_V1;
        }
    }

    /**
     * A task changed.
     *
     * @param version of the task after the change, from 2
     * @param businessStatus the stage of the journey, for example {@code awaiting-information}
     * @param statusReason why, as a code
     */
    record Changed(
            TaskId task,
            String code,
            int version,
            TaskStatus status,
            @Nullable String businessStatus,
            @Nullable String statusReason)
            implements TaskEvent {
        @Override
        @JsonIgnore
        public EventType type() {
            return EventType.TASK_CHANGED_V1;
        }
    }
}
