package org.referralgateway.clinical;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates with the precision that was sent, and spans of time in words. */
final class Dates {

    private static final Pattern DATE = Pattern.compile("\\d{4}(?:-\\d{2}(?:-\\d{2})?)?");
    private static final Pattern SPAN = Pattern.compile(
            "(?:(\\d+(?:\\.\\d+)?)|(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a|an))[ -]*"
                    + "(day|week|wk|month|mo|year|yr)s?\\b");
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("a", 1),
            Map.entry("an", 1),
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10),
            Map.entry("eleven", 11),
            Map.entry("twelve", 12));

    private Dates() {}

    /** The first day that a date can mean; absent where it is none. */
    static @Nullable LocalDate first(@Nullable String date) {
        return day(date, true);
    }

    /** The last day that a date can mean; absent where it is none. */
    static @Nullable LocalDate last(@Nullable String date) {
        return day(date, false);
    }

    private static @Nullable LocalDate day(@Nullable String date, boolean first) {
        var match = date == null ? null : DATE.matcher(date);
        if (date == null || match == null || !match.lookingAt()) {
            return null;
        }
        try {
            return switch (match.end()) {
                case 4 ->
                    first
                            ? Year.parse(date.substring(0, 4)).atDay(1)
                            : Year.parse(date.substring(0, 4)).atMonth(12).atEndOfMonth();
                case 7 ->
                    first
                            ? YearMonth.parse(date.substring(0, 7)).atDay(1)
                            : YearMonth.parse(date.substring(0, 7)).atEndOfMonth();
                default -> LocalDate.parse(date.substring(0, 10));
            };
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * The earliest day on which something can have begun: a date, or words such as "3 months ago" or "for six weeks"; absent
     * where that cannot be read.
     */
    static @Nullable LocalDate begin(@Nullable String onset, LocalDate today) {
        if (onset == null) {
            return null;
        }
        var dated = first(onset);
        if (dated != null) {
            return dated;
        }
        var words = onset.toLowerCase(Locale.ROOT);
        if (words.startsWith("age")) {
            return null;
        }
        var span = SPAN.matcher(words);
        if (!span.find()) {
            return null;
        }
        double number =
                span.group(1) != null ? Double.parseDouble(span.group(1)) : NUMBERS.getOrDefault(span.group(2), 1);
        if (number > 200) {
            return null;
        }
        return switch (span.group(3)) {
            case "day" -> today.minusDays(Math.round(number));
            case "week", "wk" -> today.minusDays(Math.round(number * 7));
            case "month", "mo" ->
                number == Math.rint(number)
                        ? today.minusMonths((long) number)
                        : today.minusDays(Math.round(number * 30.44));
            default ->
                number == Math.rint(number)
                        ? today.minusYears((long) number)
                        : today.minusDays(Math.round(number * 365.25));
        };
    }
}
