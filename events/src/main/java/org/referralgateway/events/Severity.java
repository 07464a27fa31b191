package org.referralgateway.events;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much an issue matters, as FHIR's issue-severity: an error refuses, a warning travels, information explains. */
public enum Severity {
    ERROR,
    WARNING,
    INFORMATION;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
