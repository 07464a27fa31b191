package org.referralgateway.api.people;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.people.Passwords.Look;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Judges who types a login and a password.
 *
 * <p>An attempt is counted before its password is looked at, in one statement: however many are made at once, on however many
 * instances, no more than the allowed number are looked at. And no connection to the database is held while a hash is made.
 */
@Component
class Logins {

    private static final String REFUSED = "refused";

    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final Sessions sessions;
    private final PeopleSettings settings;
    private final AuditTrail trail;
    private final Clock clock;

    Logins(
            JdbcClient db,
            TransactionTemplate transaction,
            Passwords passwords,
            Sessions sessions,
            PeopleSettings settings,
            AuditTrail trail,
            Clock clock) {
        this.db = db;
        this.transaction = transaction;
        this.passwords = passwords;
        this.rules = new PasswordRules(settings.minPasswordLength());
        this.sessions = sessions;
        this.settings = settings;
        this.trail = trail;
        this.clock = clock;
    }

    /** Where an attempt comes from, for the trail. */
    record From(String address, String requestId) {}

    /** What came of an attempt. Why it was refused is for the trail only: whoever tries learns nothing. */
    sealed interface Result {
        record In(Account account) implements Result {}

        record Refused() implements Result {}

        /** Nobody looked: too many want to come in at once. */
        record Busy() implements Result {}
    }

    /** What came of choosing a new password. */
    sealed interface Change {
        record Done() implements Change {}

        record Refused(List<String> problems) implements Change {}
    }

    private record Attempt(Account account, String hash, boolean usable, boolean locking) {}

    Result attempt(String login, String password, From from) {
        var name = login.strip().toLowerCase(Locale.ROOT);
        var counted = count(name);
        var look = passwords.look(password, counted.map(Attempt::hash).orElse(null));
        if (look == Look.BUSY) {
            return new Result.Busy();
        }
        if (counted.isEmpty()) {
            refused(known(name), from, null, isLocked(name) ? "locked" : "unknown");
            return new Result.Refused();
        }
        var attempt = counted.get();
        if (look == Look.WRONG || !attempt.usable()) {
            refused(attempt.account().actor(), from, attempt, look == Look.WRONG ? "password" : "closed-or-expired");
            return new Result.Refused();
        }
        succeeded(attempt, password, from);
        return new Result.In(attempt.account());
    }

    /** Counts an attempt; empty where there is nobody to count it for, or where the account is locked. */
    private Optional<Attempt> count(String login) {
        var now = Timestamp.from(clock.instant());
        return db.sql("""
                        update account a set
                            failures = case when locked_until is null then failures + 1 else 1 end,
                            locked_until = case when locked_until is null and failures + 1 >= :most then :until::timestamptz end
                        where login = :login and password_hash is not null
                          and (locked_until is null or locked_until <= :now)
                        returning %s, password_hash, locked_until is not null as locking,
                                  disabled_at is null and (usable_until is null or usable_until > :now) as usable
                        """.formatted(Account.COLUMNS))
                .param("most", settings.maxFailures())
                .param("until", Timestamp.from(clock.instant().plus(settings.lockFor())))
                .param("login", login)
                .param("now", now)
                .query((row, number) -> new Attempt(
                        Account.of(row, number),
                        row.getString("password_hash"),
                        row.getBoolean("usable"),
                        row.getBoolean("locking")))
                .optional();
    }

    private boolean isLocked(String login) {
        return db.sql("select exists (select from account where login = :login)")
                .param("login", login)
                .query(Boolean.class)
                .single();
    }

    /** Never what was typed: people type passwords into the wrong field. */
    private String known(String login) {
        return db.sql("select 'person:' || name from account where login = :login")
                .param("login", login)
                .query(String.class)
                .optional()
                .orElse("anonymous");
    }

    private void refused(String actor, From from, @Nullable Attempt attempt, String why) {
        transaction.executeWithoutResult(status -> {
            told(actor, "login.failed", REFUSED, from, Map.of("why", why, "from", from.address()));
            if (attempt != null && attempt.locking()) {
                told(actor, "account.locked", REFUSED, from, Map.of("from", from.address()));
            }
        });
    }

    private void succeeded(Attempt attempt, String password, From from) {
        var outdated = passwords.isOutdated(attempt.hash()) ? passwords.hash(password) : attempt.hash();
        transaction.executeWithoutResult(status -> {
            db.sql("""
                            update account set failures = 0, locked_until = null, last_login_at = :now, password_hash = :hash
                            where account = :account
                            """)
                    .param("now", Timestamp.from(clock.instant()))
                    .param("hash", outdated)
                    .param("account", attempt.account().id())
                    .update();
            told(attempt.account().actor(), "login.succeeded", "success", from, Map.of("from", from.address()));
        });
    }

    /** Changes a password. Every session of the person ends; who has just changed it is let in again. */
    Change change(Account account, String current, String wanted, String repeated, From from) {
        var counted = count(account.login());
        if (passwords.look(current, counted.map(Attempt::hash).orElse(null)) != Look.RIGHT) {
            refused(account.actor(), from, counted.orElse(null), "password");
            return new Change.Refused(List.of("The current password is not right."));
        }
        uncount(account);
        if (!wanted.equals(repeated)) {
            return new Change.Refused(List.of("The two new passwords are not the same."));
        }
        if (wanted.equals(current)) {
            return new Change.Refused(List.of("The new password is the current one."));
        }
        var problems = rules.problems(wanted, account.login(), account.name());
        if (!problems.isEmpty()) {
            return new Change.Refused(problems);
        }
        var hash = passwords.hash(wanted);
        transaction.executeWithoutResult(status -> {
            db.sql("""
                            update account set password_hash = :hash, must_change = false, usable_until = null
                            where account = :account
                            """).param("hash", hash).param("account", account.id()).update();
            sessions.endAll(account.id());
            told(account.actor(), "password.changed", "success", from, Map.of());
        });
        return new Change.Done();
    }

    private void uncount(Account account) {
        db.sql("update account set failures = 0, locked_until = null where account = :account")
                .param("account", account.id())
                .update();
    }

    private void told(String actor, String action, String outcome, From from, Map<String, Object> detail) {
        trail.append(
                new AuditEntry(AuditTrail.HOUSE, now(), actor, action, outcome, null, null, from.requestId(), detail));
    }

    private Instant now() {
        return clock.instant();
    }
}
