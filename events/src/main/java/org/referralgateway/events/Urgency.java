package org.referralgateway.events;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How urgent the placer says the referral is: the codes of FHIR's request-priority, from least to most urgent. */
public enum Urgency {
    ROUTINE,
    URGENT,
    ASAP,
    STAT;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Urgency of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
