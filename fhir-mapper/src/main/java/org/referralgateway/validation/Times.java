package org.referralgateway.validation;

import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** Which of two dates or times is earlier, where that is certain. */
final class Times {

    private Times() {}

    /** Both with a time and a zone, or both the same part of a date; anything else is left to the reference. */
    static int compare(String one, String other) {
        if (one.length() == other.length() && !one.contains("T")) {
            return one.compareTo(other);
        }
        if (one.contains("T") && other.contains("T")) {
            try {
                return OffsetDateTime.parse(one).compareTo(OffsetDateTime.parse(other));
            } catch (DateTimeException e) {
                throw new Expression.Unsure("times");
            }
        }
        throw new Expression.Unsure("times of different precision");
    }
}
