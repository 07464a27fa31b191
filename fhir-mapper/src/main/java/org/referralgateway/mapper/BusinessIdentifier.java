package org.referralgateway.mapper;

import org.jspecify.annotations.Nullable;

/**
 * An identifier that people use, such as a placer's order number.
 *
 * @param system whose numbers these are; absent where the sender did not say
 * @param type code of the identifier's type, for example {@code PLAC}
 */
public record BusinessIdentifier(
        @Nullable String system, String value, @Nullable String type) {

    /** One text for system and value, as FHIR's token searches write it. */
    public String token() {
        return (system == null ? "" : system) + "|" + value;
    }

    /** Prints as a redaction, because an identifier may be a person's. */
    @Override
    public String toString() {
        return "BusinessIdentifier[redacted]";
    }
}
