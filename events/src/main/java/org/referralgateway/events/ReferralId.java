package org.referralgateway.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** The gateway's own name for a referral: a UUIDv7, the id of its ServiceRequest and the key of its events. */
public record ReferralId(@JsonValue UUID value) {

    @JsonCreator
    public static ReferralId of(String text) {
        return new ReferralId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
