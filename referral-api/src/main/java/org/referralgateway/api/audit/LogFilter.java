package org.referralgateway.api.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What of the log a reader wants to see. What is absent does not filter.
 *
 * @param type beginning of an event's type or an action's name
 * @param from local time of the clinic, as a browser's field writes it
 * @param to likewise
 * @param outcome of an action, or {@code sent} / {@code unsent} of an event
 * @param events position below which the page of events starts
 * @param audit position below which the page of the trail starts
 */
record LogFilter(
        @Nullable UUID referral,
        @Nullable String type,
        @Nullable LocalDateTime from,
        @Nullable LocalDateTime to,
        @Nullable String outcome,
        @Nullable Long events,
        @Nullable Long audit) {

    /** Beyond it the database knows no time. */
    private static final int LAST_YEAR = 9999;

    static LogFilter of(
            @Nullable String referral,
            @Nullable String type,
            @Nullable String from,
            @Nullable String to,
            @Nullable String outcome,
            @Nullable Long events,
            @Nullable Long audit) {
        return new LogFilter(id(referral), code(type), time(from), time(to), code(outcome), events, audit);
    }

    public boolean isEmpty() {
        return referral == null && type == null && from == null && to == null && outcome == null;
    }

    public boolean isFirstPage() {
        return events == null && audit == null;
    }

    @Nullable
    Instant since(ZoneId zone) {
        return from == null ? null : from.atZone(zone).toInstant();
    }

    @Nullable
    Instant until(ZoneId zone) {
        return to == null ? null : to.atZone(zone).toInstant();
    }

    /** The address of a page that shows the same from other places on. */
    String path(String page, @Nullable Object eventsPlace, @Nullable Object auditPlace) {
        var uri = UriComponentsBuilder.fromPath(page);
        add(uri, "referral", referral);
        add(uri, "type", type);
        add(uri, "from", from);
        add(uri, "to", to);
        add(uri, "outcome", outcome);
        add(uri, "events", eventsPlace);
        add(uri, "audit", auditPlace);
        return uri.toUriString();
    }

    private static void add(UriComponentsBuilder uri, String name, @Nullable Object value) {
        if (value != null) {
            uri.queryParam(name, value);
        }
    }

    private static @Nullable UUID id(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text.strip());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String code(@Nullable String text) {
        return text != null && text.strip().matches("[a-z0-9.-]{1,80}") ? text.strip() : null;
    }

    private static @Nullable LocalDateTime time(@Nullable String text) {
        try {
            var time = text == null || text.isEmpty() ? null : LocalDateTime.parse(text);
            return time == null || time.getYear() < 1 || time.getYear() > LAST_YEAR ? null : time;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
