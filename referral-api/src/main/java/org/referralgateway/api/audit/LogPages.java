package org.referralgateway.api.audit;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.audit.Tail.Table;
import org.referralgateway.api.platform.Identity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** The log as an auditor reads it. Opening it leaves a row on the trail; following it live leaves no more. */
@Component
class LogPages {

    static final int PAGE = 100;
    private static final int MOST_SENT = 200;
    private static final Duration JUST_NOW = Duration.ofSeconds(10);

    private final EventLog log;
    private final Tail tail;
    private final AuditTrail trail;
    private final Identity identity;
    private final Clock clock;

    LogPages(EventLog log, Tail tail, AuditTrail trail, Identity identity, Clock clock) {
        this.log = log;
        this.tail = tail;
        this.trail = trail;
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * @param eventsBelow where the next page of events starts; absent on the last
     * @param auditBelow likewise of the trail
     * @param news where to ask for what comes after this page
     */
    record Page(
            LogFilter filter,
            List<LoggedEvent> events,
            List<LoggedAction> actions,
            List<ParkedRow> parked,
            @Nullable Long eventsBelow,
            @Nullable Long auditBelow,
            String news) {

        public String olderEvents() {
            return filter.path("/log", eventsBelow, filter.audit());
        }

        public String olderActions() {
            return filter.path("/log", filter.events(), auditBelow);
        }

        public String newest() {
            return filter.path("/log", null, null);
        }
    }

    /**
     * What came since.
     *
     * @param sent events that the broker took just now, among them some that the reader has seen as not sent yet
     * @param next where to ask for what comes after this
     */
    record News(List<LoggedEvent> events, List<LoggedAction> actions, List<LoggedEvent> sent, String next) {}

    @Transactional(isolation = Isolation.REPEATABLE_READ)
    Page page(LogFilter filter, String person, String requestId) {
        var senders = identity.clinicSenders();
        var events = log.events(senders, filter, PAGE + 1);
        var actions = log.actions(withTheHouse(senders), filter, PAGE + 1);
        var page = new Page(
                filter,
                first(events),
                first(actions),
                log.parked(senders, PAGE),
                events.size() > PAGE ? events.get(PAGE - 1).position() : null,
                actions.size() > PAGE ? actions.get(PAGE - 1).position() : null,
                newsPath(filter, tail.end(Table.OUTBOX), tail.end(Table.AUDIT)));
        trail.append(new AuditEntry(
                AuditTrail.HOUSE,
                clock.instant(),
                "person:" + person,
                "log.viewed",
                "success",
                filter.referral(),
                null,
                requestId,
                Map.of()));
        return page;
    }

    /** Whoever comes with a place that is none of ours is told of what comes from now on. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    News news(LogFilter filter, @Nullable Cursor eventsPlace, @Nullable Cursor actionsPlace) {
        var senders = identity.clinicSenders();
        var eventsFrom = eventsPlace == null ? tail.end(Table.OUTBOX) : eventsPlace;
        var actionsFrom = actionsPlace == null ? tail.end(Table.AUDIT) : actionsPlace;
        var eventsTo = tail.next(Table.OUTBOX, eventsFrom);
        var actionsTo = tail.next(Table.AUDIT, actionsFrom);
        return new News(
                log.eventsBetween(senders, filter, eventsFrom, eventsTo),
                log.actionsBetween(withTheHouse(senders), filter, actionsFrom, actionsTo),
                log.sentSince(senders, clock.instant().minus(JUST_NOW), MOST_SENT),
                newsPath(filter, eventsTo, actionsTo));
    }

    /** Logins, accounts and what was refused belong to no sender. */
    static List<String> withTheHouse(List<String> senders) {
        return Stream.concat(senders.stream(), Stream.of(AuditTrail.HOUSE)).toList();
    }

    private static String newsPath(LogFilter filter, Cursor events, Cursor actions) {
        return filter.path("/log/news", events, actions);
    }

    private static <T> List<T> first(List<T> rows) {
        return rows.subList(0, Math.min(PAGE, rows.size()));
    }
}
