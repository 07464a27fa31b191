package org.referralgateway.clinical;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/** Days that a date can mean, which may have been sent as a year or a month. */
final class Dates {

    private Dates() {}

    /** The first day that a date can mean; absent where it is none. */
    static @Nullable LocalDate first(@Nullable String date) {
        return day(date, true);
    }

    /** The last day that a date can mean; absent where it is none. */
    static @Nullable LocalDate last(@Nullable String date) {
        return day(date, false);
    }

    /** By hand: dates are read all the time, and a formatter takes ten times as long. */
    private static @Nullable LocalDate day(@Nullable String date, boolean first) {
        int year = number(date, 0, 4);
        if (date == null || year < 0) {
            return null;
        }
        int month = date.length() > 4 && date.charAt(4) == '-' ? number(date, 5, 7) : -1;
        int day = month >= 0 && date.length() > 7 && date.charAt(7) == '-' ? number(date, 8, 10) : -1;
        try {
            if (month < 0) {
                return first ? LocalDate.of(year, 1, 1) : LocalDate.of(year, 12, 31);
            }
            if (day < 0) {
                return first
                        ? LocalDate.of(year, month, 1)
                        : YearMonth.of(year, month).atEndOfMonth();
            }
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Digits from one place to another; -1 where there is anything else. */
    private static int number(@Nullable String text, int from, int to) {
        if (text == null || text.length() < to) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }
}
