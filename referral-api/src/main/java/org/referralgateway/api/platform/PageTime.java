package org.referralgateway.api.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** How the pages write times: in the clinic's zone, and in words where that is easier to grasp. Templates say {@code @pageTime}. */
@Component("pageTime")
public class PageTime {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_OF_THIS_YEAR = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter EXACT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ENGLISH);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    private final Clock clock;
    private final ZoneId zone;

    PageTime(Clock clock, @Value("${referral.clinic.zone:UTC}") String zone) {
        this.clock = clock;
        this.zone = ZoneId.of(zone);
    }

    public ZoneId zone() {
        return zone;
    }

    public Instant now() {
        return clock.instant();
    }

    /** For example {@code 22 Nov 2026 14:05}. */
    public String minute(Instant instant) {
        return MINUTE.format(instant.atZone(zone));
    }

    /** For example {@code 2026-11-22 14:05:09.123}. */
    public String exact(Instant instant) {
        return EXACT.format(instant.atZone(zone));
    }

    /** How long ago, in the largest unit that says something: {@code 3 seconds}, {@code 5 min}, {@code 3 h}, {@code 2 days}. */
    public String age(Instant since) {
        return length(Duration.between(since, clock.instant()));
    }

    /** When something is to be done, as one would say it: {@code today 16:00}, {@code tomorrow 09:30}, {@code 4 Dec}, {@code 4 Jan 2027}. */
    public String target(Instant due) {
        var day = due.atZone(zone).toLocalDate();
        var today = clock.instant().atZone(zone).toLocalDate();
        if (day.equals(today)) {
            return "today " + CLOCK.format(due.atZone(zone));
        }
        if (day.equals(today.plusDays(1))) {
            return "tomorrow " + CLOCK.format(due.atZone(zone));
        }
        return (day.getYear() == today.getYear() ? DAY_OF_THIS_YEAR : DAY).format(day);
    }

    public boolean isPast(Instant instant) {
        return instant.isBefore(clock.instant());
    }

    static String length(Duration length) {
        if (length.toDays() >= 1) {
            return length.toDays() == 1 ? "1 day" : length.toDays() + " days";
        }
        if (length.toHours() >= 1) {
            return length.toHours() + " h";
        }
        if (length.toMinutes() >= 1) {
            return length.toMinutes() + " min";
        }
        long seconds = Math.max(1, length.toSeconds());
        return seconds == 1 ? "1 second" : seconds + " seconds";
    }
}
