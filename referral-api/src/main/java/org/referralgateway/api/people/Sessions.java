package org.referralgateway.api.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Who is logged in. Sessions are rows, so they outlive a restart and every instance knows them; and each request asks for the
 * account as it is now, so that somebody whose account is closed or whose roles change is out or changed with the next click.
 */
@Component
class Sessions {

    private static final int TOKEN_BYTES = 32;
    /** A click within this time of the last is not written down: it would only cost. */
    private static final Duration COARSE = Duration.ofMinutes(1);

    private final JdbcClient db;
    private final PeopleSettings settings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Sessions(JdbcClient db, PeopleSettings settings, Clock clock) {
        this.db = db;
        this.settings = settings;
        this.clock = clock;
    }

    /** A session as its person sees it. */
    record Open(Instant startedAt, Instant seenAt, boolean current) {}

    private record Found(Account account, Instant seenAt) {}

    /** A token that nobody has had before; whoever comes with it is that person. */
    String begin(UUID account) {
        var token = token();
        db.sql("""
                        insert into person_session (token_hash, account, started_at, seen_at)
                        values (:hash, :account, :now, :now)
                        """)
                .param("hash", hash(token))
                .param("account", account)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return token;
    }

    /** @param click whether the person did something, or only a page of theirs asked for news */
    Optional<Account> present(String token, boolean click) {
        var now = clock.instant();
        var found = db.sql("""
                        select %s, s.seen_at from person_session s join account a using (account)
                        where s.token_hash = :hash and a.disabled_at is null
                          and s.seen_at > :idle and s.started_at > :oldest
                        """.formatted(Account.COLUMNS))
                .param("hash", hash(token))
                .param("idle", Timestamp.from(now.minus(settings.idleTimeout())))
                .param("oldest", Timestamp.from(now.minus(settings.sessionTimeout())))
                .query((row, number) -> new Found(
                        Account.of(row, number), row.getTimestamp("seen_at").toInstant()))
                .optional();
        if (click && found.isPresent() && found.get().seenAt().isBefore(now.minus(coarse()))) {
            db.sql("update person_session set seen_at = :now where token_hash = :hash")
                    .param("now", Timestamp.from(now))
                    .param("hash", hash(token))
                    .update();
        }
        return found.map(Found::account);
    }

    private Duration coarse() {
        var part = settings.idleTimeout().dividedBy(10);
        return part.compareTo(COARSE) < 0 ? part : COARSE;
    }

    void end(String token) {
        db.sql("delete from person_session where token_hash = :hash")
                .param("hash", hash(token))
                .update();
    }

    /** Every session of the person but the one with this token. */
    void endOthers(UUID account, String token) {
        db.sql("delete from person_session where account = :account and token_hash <> :hash")
                .param("account", account)
                .param("hash", hash(token))
                .update();
    }

    void endAll(UUID account) {
        db.sql("delete from person_session where account = :account")
                .param("account", account)
                .update();
    }

    List<Open> of(UUID account, String token) {
        return db.sql("""
                        select started_at, seen_at, token_hash = :hash as current from person_session
                        where account = :account and seen_at > :idle and started_at > :oldest order by started_at desc
                        """)
                .param("hash", hash(token))
                .param("account", account)
                .param("idle", Timestamp.from(clock.instant().minus(settings.idleTimeout())))
                .param("oldest", Timestamp.from(clock.instant().minus(settings.sessionTimeout())))
                .query((row, number) -> new Open(
                        row.getTimestamp("started_at").toInstant(),
                        row.getTimestamp("seen_at").toInstant(),
                        row.getBoolean("current")))
                .list();
    }

    @Scheduled(fixedDelayString = "PT10M")
    void sweep() {
        db.sql("delete from person_session where seen_at < :idle or started_at < :oldest")
                .param("idle", Timestamp.from(clock.instant().minus(settings.idleTimeout())))
                .param("oldest", Timestamp.from(clock.instant().minus(settings.sessionTimeout())))
                .update();
    }

    /** 256 random bits, safe in a cookie. */
    String token() {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
