package org.referralgateway.api.audit;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.platform.PageTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what happened: the events with their places on the topics, the trail, and the records that are parked. */
@Component
class EventLog {

    private static final String EVENTS = """
            select o.position, o.referral, o.sequence, o.topic, o.type, o.created_at, o.headers::text, o.data,
                   o.partition || ':' || o."offset" as place
            from outbox o
            where o.sender in (:senders)
              and (:referral::uuid is null or o.referral = :referral)
              and (:type::text is null or starts_with(o.type, :type))
              and (:from::timestamptz is null or o.created_at >= :from)
              and (:to::timestamptz is null or o.created_at < :to)
              and (:outcome::text is null or :outcome = case when o.sent_at is null then 'unsent' else 'sent' end)
            """;

    private static final String ACTIONS = """
            select a.position, a.at, a.actor, a.action, a.outcome, a.referral, a.request_id, a.detail::text,
                   (select l.leaf from audit_leaf l where l.position = a.position) as leaf
            from audit_event a
            where a.sender in (:senders)
              and (:referral::uuid is null or a.referral = :referral)
              and (:type::text is null or starts_with(a.action, :type))
              and (:from::timestamptz is null or a.at >= :from)
              and (:to::timestamptz is null or a.at < :to)
              and (:outcome::text is null or a.outcome = :outcome)
            """;

    private static final String NEW = """
            and ((%1$s.position > :after and %1$s.position <= :upTo) or %1$s.position in (:gaps))
            order by %1$s.position desc
            """;

    private final JdbcClient db;
    private final ZoneId zone;

    EventLog(JdbcClient db, PageTime time) {
        this.db = db;
        this.zone = time.zone();
    }

    /** The newest first. */
    List<LoggedEvent> events(List<String> senders, LogFilter filter, int limit) {
        return filtered(EVENTS + "and o.position < :below order by o.position desc limit :limit", senders, filter)
                .param("below", filter.events() == null ? Long.MAX_VALUE : filter.events())
                .param("limit", limit)
                .query(LoggedEvent::of)
                .list();
    }

    /** What is new between two places, the newest first. */
    List<LoggedEvent> eventsBetween(List<String> senders, LogFilter filter, Cursor from, Cursor to) {
        return between(filtered(EVENTS + NEW.formatted("o"), senders, filter), from, to)
                .query(LoggedEvent::of)
                .list();
    }

    /** Events that the broker took since then. */
    List<LoggedEvent> sentSince(List<String> senders, Instant since, int limit) {
        return filtered(
                        EVENTS + "and o.sent_at >= :since order by o.sent_at desc limit :limit",
                        senders,
                        LogFilter.of(null, null, null, null, null, null, null))
                .param("since", Timestamp.from(since))
                .param("limit", limit)
                .query(LoggedEvent::of)
                .list();
    }

    /** The newest first. */
    List<LoggedAction> actions(List<String> senders, LogFilter filter, int limit) {
        return filtered(ACTIONS + "and a.position < :below order by a.position desc limit :limit", senders, filter)
                .param("below", filter.audit() == null ? Long.MAX_VALUE : filter.audit())
                .param("limit", limit)
                .query(LoggedAction::of)
                .list();
    }

    /** What is new between two places, the newest first. */
    List<LoggedAction> actionsBetween(List<String> senders, LogFilter filter, Cursor from, Cursor to) {
        return between(filtered(ACTIONS + NEW.formatted("a"), senders, filter), from, to)
                .query(LoggedAction::of)
                .list();
    }

    /** What is parked: of a sender of the clinic, or so broken that it names none. */
    List<ParkedRow> parked(List<String> senders, int limit) {
        return db.sql("""
                        select topic, partition, "offset", key, state, reason, parked_at, data
                        from parked_record
                        where state <> 'released' and coalesce(headers ->> 'ce_sender', :first) in (:senders)
                        order by parked_at desc, partition, "offset" limit :limit
                        """)
                .param("first", senders.getFirst())
                .param("senders", senders)
                .param("limit", limit)
                .query(ParkedRow::of)
                .list();
    }

    private static JdbcClient.StatementSpec between(JdbcClient.StatementSpec statement, Cursor from, Cursor to) {
        return statement
                .param("after", from.after())
                .param("upTo", to.after())
                .param("gaps", from.gaps().isEmpty() ? List.of(-1L) : from.gaps());
    }

    private JdbcClient.StatementSpec filtered(String sql, List<String> senders, LogFilter filter) {
        return db.sql(sql)
                .param("senders", senders)
                .param("referral", filter.referral(), Types.OTHER)
                .param("type", filter.type(), Types.VARCHAR)
                .param("from", timestamp(filter.since(zone)), Types.TIMESTAMP)
                .param("to", timestamp(filter.until(zone)), Types.TIMESTAMP)
                .param("outcome", filter.outcome(), Types.VARCHAR);
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
