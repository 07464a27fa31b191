package org.referralgateway.events;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** FHIR's Task.status, as far as this gateway uses it. Source: <a href="http://hl7.org/fhir/R4/valueset-task-status.html">task-status</a>. */
public enum TaskStatus {
    REQUESTED,
    RECEIVED,
    ACCEPTED,
    REJECTED,
    IN_PROGRESS,
    ON_HOLD,
    COMPLETED,
    FAILED,
    CANCELLED;

    /** The code as FHIR writes it, for example {@code in-progress}. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** True while somebody still has to do something. */
    public boolean isOpen() {
        return switch (this) {
            case REQUESTED, RECEIVED, ACCEPTED, IN_PROGRESS, ON_HOLD -> true;
            case REJECTED, COMPLETED, FAILED, CANCELLED -> false;
        };
    }

    /**
     * @throws IllegalArgumentException where no status has that code
     */
    public static TaskStatus of(String code) {
        return Arrays.stream(values())
                .filter(status -> status.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No task status has the code '" + code + "'."));
    }
}
