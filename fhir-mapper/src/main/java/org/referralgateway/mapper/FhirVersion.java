package org.referralgateway.mapper;

import java.util.Optional;

/** The versions of FHIR in which payloads are taken. Everything but R4 is converted to it. */
public enum FhirVersion {
    STU3("3.0"),
    /** What the gateway itself speaks. */
    R4("4.0"),
    R5("5.0");

    /**
     * R4B changed no resource that a referral holds: it is R4 with other resources for medicinal products, evidence and
     * subscriptions. Source: <a href="http://hl7.org/fhir/R4B/history.html">R4B, version history</a>.
     */
    private static final String R4B = "4.3";

    private final String number;

    FhirVersion(String number) {
        this.number = number;
    }

    /**
     * @param parameter the value of the media type's parameter {@code fhirVersion}, such as {@code 4.0} or {@code 4.0.1}
     */
    static Optional<FhirVersion> of(String parameter) {
        for (var version : values()) {
            if (is(parameter, version.number)) {
                return Optional.of(version);
            }
        }
        return is(parameter, R4B) ? Optional.of(R4) : Optional.empty();
    }

    private static boolean is(String parameter, String number) {
        return parameter.equals(number) || parameter.startsWith(number + ".");
    }
}
