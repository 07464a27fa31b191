package org.referralgateway.events;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a coordinator decided. */
public enum TriageOutcome {
    ACCEPTED,
    DECLINED;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
