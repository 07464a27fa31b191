package org.referralgateway.api.access;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a person of the clinic is there for. Somebody can have several; none includes another. */
public enum Role {
    /** Works the list: asks, accepts, declines, schedules. */
    COORDINATOR,
    /** Reads referrals and answers what needs clinical judgement. */
    CLINICIAN,
    /** Sees who did what, and proves it. Works on nothing. */
    AUDITOR,
    /** Keeps the service running: parked records, resending. Sees no patient. */
    OPERATOR,
    /** Registers senders, opens and closes accounts. Sees no patient. */
    ADMINISTRATOR;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String wireName) {
        return Stream.of(values())
                .filter(role -> role.wireName().equals(wireName))
                .findFirst();
    }
}
