package org.referralgateway.api.assessment;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long after an event a task is due: hours and days by the clock, working days without Saturdays and Sundays. */
record Due(int amount, Unit unit) {

    enum Unit {
        HOURS,
        DAYS,
        WORKING_DAYS
    }

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,4}) (hour|hours|day|days|working day|working days)");

    /** Reads {@code 4 hours}, {@code 7 days} or {@code 2 working days}. */
    static Optional<Due> of(String text) {
        var matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var unit = switch (matcher.group(2)) {
            case "hour", "hours" -> Unit.HOURS;
            case "day", "days" -> Unit.DAYS;
            default -> Unit.WORKING_DAYS;
        };
        return Optional.of(new Due(Integer.parseInt(matcher.group(1)), unit));
    }

    Instant after(Instant event, ZoneId zone) {
        return switch (unit) {
            case HOURS -> event.plus(amount, ChronoUnit.HOURS);
            case DAYS -> event.atZone(zone).plusDays(amount).toInstant();
            case WORKING_DAYS -> workingDaysAfter(event, zone);
        };
    }

    private Instant workingDaysAfter(Instant event, ZoneId zone) {
        var day = event.atZone(zone);
        for (int left = amount; left > 0; ) {
            day = day.plusDays(1);
            if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
                left--;
            }
        }
        return day.toInstant();
    }
}
