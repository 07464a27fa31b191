package org.referralgateway.api.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.intake.IntakeResult.Parked;
import org.referralgateway.api.intake.IntakeResult.Refused;
import org.referralgateway.api.platform.Ids;
import org.referralgateway.api.vault.Erased;
import org.referralgateway.api.vault.Fingerprints;
import org.referralgateway.api.vault.Places;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.mapper.IssueCode;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.SentResource.Write;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Requests that wait for something else. Each is kept as it was sent, once, until it joins, is refused, or expires. */
@Repository
class ParkedSubmissions {

    private final JdbcClient db;
    private final ParkingSettings settings;
    private final ReferralFetch fetch;
    private final AuditTrail audit;
    private final Clock clock;
    private final Ids ids;
    private final Vault vault;

    ParkedSubmissions(
            JdbcClient db,
            ParkingSettings settings,
            ReferralFetch fetch,
            AuditTrail audit,
            Clock clock,
            Ids ids,
            Vault vault) {
        this.vault = vault;
        this.db = db;
        this.settings = settings;
        this.fetch = fetch;
        this.audit = audit;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * One that waits.
     *
     * @param task that the sender was given
     * @param fetch reference of the ServiceRequest on the sender's server
     * @param put how it was to be stored, for a PUT: {@code id:…} or {@code where:system|value}
     * @param body null where it cannot be read any more, because it was erased
     * @param until when it may be somebody else's
     */
    record Waiting(
            String sender,
            UUID parked,
            UUID task,
            @Nullable String fetch,
            String contentType,
            String requestId,
            @Nullable String correlationId,
            @Nullable String put,
            byte @Nullable [] body,
            Instant parkedAt,
            int attempts,
            Instant until) {
        private Waiting ours(Instant longer) {
            return new Waiting(
                    sender,
                    parked,
                    task,
                    fetch,
                    contentType,
                    requestId,
                    correlationId,
                    put,
                    body,
                    parkedAt,
                    attempts,
                    longer);
        }
    }

    /** Keeps a request; the same one again gets the same task. */
    @Transactional
    public IntakeResult park(Arrival arrival, Plan.Park plan) {
        if (plan.fetch() != null && isForbidden(arrival.sender(), plan.fetch())) {
            return new Refused(List.of(MappingIssue.error(
                    IssueCode.BASE_NOT_REGISTERED,
                    "Task.focus.reference",
                    "The clinic reads referrals only from the FHIR base registered for you, and this address is not in"
                            + " it. Have it registered, or send the ServiceRequest itself.")));
        }
        if (waiting(arrival.sender()) >= settings.maxPerSender()) {
            return new Refused(List.of(MappingIssue.error(
                    IssueCode.TOO_MANY_WAITING,
                    "",
                    "Too many of your requests wait for others. Send what they wait for first.")));
        }
        var known = insert(arrival, plan) ? Optional.<Parked>empty() : same(arrival, plan);
        if (known.isPresent()) {
            return known.get();
        }
        audited(
                arrival.sender(),
                arrival.payload().requestId(),
                "referral.parked",
                Map.of("waitsFor", plan.waitsFor().size()));
        return same(arrival, plan).orElseThrow();
    }

    private boolean isForbidden(String sender, String reference) {
        var base = fetch.baseOf(sender);
        return RegisteredBase.absolute(reference).isPresent()
                && (base == null || base.address(reference).isEmpty());
    }

    private long waiting(String sender) {
        return db.sql("select count(*) from parked_submission where sender = :sender and state = 'waiting'")
                .param("sender", sender)
                .query(Long.class)
                .single();
    }

    /** True where it was not waiting already. */
    private boolean insert(Arrival arrival, Plan.Park plan) {
        var payload = arrival.payload();
        var parked = ids.next();
        var key = vault.name(parked);
        var put = put(arrival);
        return db.sql("""
                        with kept as (
                            insert into parked_submission (sender, parked, task, dialect, state, fetch_reference, content_type,
                                                           request_id, correlation_id, put, body, sha256, locked_by, parked_at, expires_at,
                                                           next_attempt_at)
                            values (:sender, :parked, :task, :dialect, 'waiting', :fetch, :contentType,
                                    :requestId, :correlationId, :put, :body, :sha256, :lockedBy, :at, :expiresAt, :at)
                            on conflict do nothing
                            returning sender, parked
                        ),
                        waits as (
                            insert into parked_wait (sender, parked, key)
                            select kept.sender, kept.parked, awaited.key
                            from kept, unnest(:waitsFor::text[]) as awaited(key)
                            on conflict do nothing
                        )
                        select exists (select 1 from kept)
                        """)
                .param("sender", arrival.sender())
                .param("parked", parked)
                .param("lockedBy", key, Types.OTHER)
                .param("task", ids.next())
                .param("dialect", arrival.submission().dialect().wireName())
                .param(
                        "waitsFor",
                        new SqlArrayValue(
                                "text",
                                plan.waitsFor().stream()
                                        .map(handle -> Fingerprints.handle(vault, arrival.sender(), handle))
                                        .toArray()))
                .param("fetch", fetch.baseOf(arrival.sender()) == null ? null : plan.fetch(), Types.VARCHAR)
                .param("contentType", payload.contentType())
                .param("requestId", payload.requestId())
                .param("correlationId", payload.correlationId(), Types.VARCHAR)
                .param(
                        "put",
                        put == null ? null : vault.lock(key, Places.parkedPut(arrival.sender(), parked), put),
                        Types.VARCHAR)
                .param("body", vault.lock(key, Places.parkedBody(arrival.sender(), parked), payload.body()))
                .param("sha256", hash(arrival))
                .param("at", Timestamp.from(arrival.at()))
                .param("expiresAt", Timestamp.from(arrival.at().plus(settings.expireAfter())))
                .query(Boolean.class)
                .single();
    }

    private static @Nullable String put(Arrival arrival) {
        if (arrival.submission().dialect().wireName().endsWith("-bundle")) {
            return null;
        }
        return switch (arrival.submission().resources().getFirst().write()) {
            case Write.Put put -> "id:" + put.id();
            case Write.PutWhere where -> "where:" + where.identifier().token();
            default -> null;
        };
    }

    /** By which the same request is recognised; nobody else can tell by it what was in it. */
    private byte[] hash(Arrival arrival) {
        return vault.fingerprint(
                        "parked " + arrival.sender(),
                        HexFormat.of().formatHex(sha256(arrival.payload().body())))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<Parked> same(Arrival arrival, Plan.Park plan) {
        return db.sql("""
                        select task, expires_at from parked_submission
                        where sender = :sender and sha256 = :sha256 and state = 'waiting'
                        """)
                .param("sender", arrival.sender())
                .param("sha256", hash(arrival))
                .query((row, number) -> new Parked(
                        row.getObject("task", UUID.class),
                        row.getTimestamp("expires_at").toInstant(),
                        plan.issues()))
                .optional();
    }

    /** The next one that is due and that this instance can serve; it is nobody else's for a while. */
    Optional<Waiting> next(Duration lease) {
        var now = clock.instant();
        var until = until(lease);
        return db.sql("""
                        -- materialized: a plan may run a plain subquery once for each row beside it, and each time find another
                        with due as materialized (
                            select sender, parked from parked_submission
                            where state = 'waiting' and next_attempt_at <= :now
                              and (fetch_reference is null or sender = any(:bases::text[]))
                            order by next_attempt_at limit 1 for update skip locked
                        )
                        update parked_submission p set next_attempt_at = :until, attempted_until = :until, attempts = attempts + 1
                        from due
                        where p.sender = due.sender and p.parked = due.parked
                        returning p.*
                        """)
                .param("until", Timestamp.from(until))
                .param("now", Timestamp.from(now))
                .param(
                        "bases",
                        new SqlArrayValue("text", fetch.sendersWithBase().toArray()))
                .query(this::opened)
                .optional();
    }

    /**
     * Once more, before it takes effect: what was fetched for it may have taken longer than it was ours, and it may have been
     * erased since.
     *
     * @return absent where it is not ours any more
     */
    Optional<Waiting> stillOurs(Waiting one, Duration lease) {
        var until = until(lease);
        boolean ours = db.sql("""
                                update parked_submission set next_attempt_at = :until, attempted_until = :until
                                where sender = :sender and parked = :parked and state = 'waiting' and attempted_until = :ours
                                """)
                        .param("until", Timestamp.from(until))
                        .param("sender", one.sender())
                        .param("parked", one.parked())
                        .param("ours", Timestamp.from(one.until()))
                        .update()
                == 1;
        return ours ? Optional.of(one.ours(until)) : Optional.empty();
    }

    /** In microseconds, which are what the database keeps. */
    private Instant until(Duration lease) {
        return clock.instant().plus(lease).truncatedTo(ChronoUnit.MICROS);
    }

    private Waiting opened(ResultSet row, int number) throws SQLException {
        try {
            return waiting(row, true);
        } catch (Erased e) {
            return waiting(row, false);
        }
    }

    private Waiting waiting(ResultSet row, boolean isReadable) throws SQLException {
        var sender = row.getString("sender");
        var parked = row.getObject("parked", UUID.class);
        var key = row.getObject("locked_by", UUID.class);
        var put = isReadable ? row.getString("put") : null;
        return new Waiting(
                sender,
                parked,
                row.getObject("task", UUID.class),
                row.getString("fetch_reference"),
                row.getString("content_type"),
                row.getString("request_id"),
                row.getString("correlation_id"),
                put == null || key == null ? put : vault.open(key, Places.parkedPut(sender, parked), put),
                isReadable ? vault.open(key, Places.parkedBody(sender, parked), row.getBytes("body")) : null,
                row.getTimestamp("parked_at").toInstant(),
                row.getInt("attempts"),
                row.getTimestamp("attempted_until").toInstant());
    }

    /** It goes on waiting. */
    void later(Waiting waiting, Duration wait, String reason) {
        db.sql("""
                        update parked_submission set next_attempt_at = :next, attempted_until = null, reason = :reason
                        where sender = :sender and parked = :parked and state = 'waiting' and attempted_until = :ours
                          and next_attempt_at > :now
                        """)
                .param("ours", Timestamp.from(waiting.until()))
                .param("next", Timestamp.from(clock.instant().plus(wait)))
                .param("reason", reason)
                .param("sender", waiting.sender())
                .param("parked", waiting.parked())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /**
     * It waits no longer. What one waited for that has joined is of no interest any more.
     *
     * @param state {@code joined} or {@code refused}
     * @param reason codes; never a person's data
     */
    @Transactional
    public void ended(Waiting waiting, String state, @Nullable String reason, @Nullable UUID referral) {
        db.sql("""
                        with over as (
                            update parked_submission
                            set state = :state, reason = :reason, referral = :referral, ended_at = :now, next_attempt_at = null,
                                attempted_until = null
                            where sender = :sender and parked = :parked and state = 'waiting' and attempted_until = :ours
                            returning sender, parked, state
                        )
                        delete from parked_wait awaited using over
                        where awaited.sender = over.sender and awaited.parked = over.parked and over.state = 'joined'
                        """)
                .param("ours", Timestamp.from(waiting.until()))
                .param("state", state)
                .param("reason", reason, Types.VARCHAR)
                .param("referral", referral, Types.OTHER)
                .param("now", Timestamp.from(clock.instant()))
                .param("sender", waiting.sender())
                .param("parked", waiting.parked())
                .update();
        audited(waiting.sender(), waiting.requestId(), "referral.parked-" + state, Map.of());
    }

    /** What was joined is kept as a submission now; a second copy of a person's data is of no use. */
    void forgetBody(Waiting joined) {
        db.sql("""
                        update parked_submission set body = ''
                        where sender = :sender and parked = :parked and state = 'joined'
                        """)
                .param("sender", joined.sender())
                .param("parked", joined.parked())
                .update();
    }

    /** Ends the waiting of those whose time is over; says how many. */
    @Transactional
    public int expire() {
        var now = Timestamp.from(clock.instant());
        var expired = db.sql("""
                        update parked_submission
                        set state = 'expired', ended_at = :now, next_attempt_at = null,
                            reason = 'what it waited for did not arrive in time' || coalesce('; ' || reason, '')
                        where state = 'waiting' and expires_at <= :now
                          and (attempted_until is null or attempted_until <= :now)
                        returning sender, request_id
                        """)
                .param("now", now)
                .query((row, number) -> Map.entry(row.getString("sender"), row.getString("request_id")))
                .list();
        expired.forEach(one -> audited(one.getKey(), one.getValue(), "referral.parked-expired", Map.of()));
        return expired.size();
    }

    /** How many wait, of all senders. */
    long count() {
        return db.sql("select count(*) from parked_submission where state = 'waiting'")
                .query(Long.class)
                .single();
    }

    private void audited(String sender, String requestId, String action, Map<String, Object> detail) {
        audit.append(new AuditEntry(
                sender, clock.instant(), "sender:" + sender, action, "success", null, null, requestId, detail));
    }
}
