package org.referralgateway.api.people;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.Role;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Opens, changes and closes accounts: for the administrator's page, and for the command {@code deploy/person}. Each change
 * leaves a row on the trail; callers give both one transaction.
 */
public final class Accounts {

    private static final String LOGIN = "[a-z0-9][a-z0-9._@-]{0,63}";
    private static final String NAME = "\\p{L}[\\p{L}\\p{M}\\p{N} .,'’()-]{0,79}";

    private final JdbcClient db;
    private final Passwords passwords;
    private final AuditTrail trail;
    private final Clock clock;

    public Accounts(JdbcClient db, Passwords passwords, AuditTrail trail, Clock clock) {
        this.db = db;
        this.passwords = passwords;
        this.trail = trail;
        this.clock = clock;
    }

    /** What came of a change. */
    public sealed interface Result {

        /**
         * @param password generated, to be told to the person and kept nowhere
         * @param until when it must have been used
         */
        record Opened(String login, String name, String password, Instant until) implements Result {}

        record Changed(String login, String name) implements Result {}

        /** @param why in words for who asked */
        record Refused(String why) implements Result {}
    }

    /**
     * An account as an administrator sees it.
     *
     * @param provided whether the person comes from an identity provider
     */
    public record Listed(
            UUID id,
            String login,
            String name,
            Set<Role> roles,
            List<String> senders,
            boolean provided,
            boolean mustChange,
            @Nullable Instant lockedUntil,
            @Nullable Instant lastLoginAt,
            @Nullable Instant disabledAt) {

        public List<String> roleNames() {
            return roles.stream().sorted().map(Role::wireName).toList();
        }
    }

    /**
     * @param by who opens it, as the trail names them
     * @param senders whose referrals the person works on; empty: those of every sender
     */
    public Result open(String login, String name, Set<Role> roles, Set<String> senders, Duration valid, String by) {
        var wanted = login.strip().toLowerCase(Locale.ROOT);
        var called = name.strip();
        if (!wanted.matches(LOGIN)) {
            return new Result.Refused("A login consists of letters a to z, digits and . _ @ -, at most 64 of them.");
        }
        if (!called.matches(NAME)) {
            return new Result.Refused("A name begins with a letter and has at most 80 characters.");
        }
        if (roles.isEmpty()) {
            return new Result.Refused("A person needs at least one role.");
        }
        var password = passwords.generated();
        var until = clock.instant().plus(valid);
        int opened = db.sql("""
                        insert into account (account, login, name, roles, senders, password_hash, must_change, usable_until,
                                             created_at)
                        values (:account, :login, :name, :roles, :senders, :hash, true, :until, :now)
                        on conflict do nothing
                        """)
                .param("account", UUID.randomUUID())
                .param("login", wanted)
                .param("name", called)
                .param("roles", names(roles))
                .param("senders", senders.isEmpty() ? null : senders.toArray(String[]::new), java.sql.Types.ARRAY)
                .param("hash", passwords.hash(password))
                .param("until", at(until))
                .param("now", at(clock.instant()))
                .update();
        if (opened == 0) {
            return new Result.Refused("There is somebody with this login or this name already.");
        }
        told("account.opened", by, wanted, Map.of("roles", List.of(names(roles))));
        return new Result.Opened(wanted, called, password, until);
    }

    /** A new generated password. Every session of the person ends, and a lock too. */
    public Result reset(String login, Duration valid, String by) {
        var password = passwords.generated();
        var until = clock.instant().plus(valid);
        var found = db.sql("""
                        update account set password_hash = :hash, must_change = true, usable_until = :until, failures = 0,
                                           locked_until = null
                        where login = :login and password_hash is not null returning name
                        """)
                .param("hash", passwords.hash(password))
                .param("until", at(until))
                .param("login", login.strip().toLowerCase(Locale.ROOT))
                .query(String.class)
                .optional();
        if (found.isEmpty()) {
            return new Result.Refused("There is nobody with this login and a password of ours.");
        }
        endSessions(login);
        told("password.reset", by, login, Map.of());
        return new Result.Opened(login, found.get(), password, until);
    }

    public Result giveRoles(String login, Set<Role> roles, String by) {
        if (roles.isEmpty()) {
            return new Result.Refused("A person needs at least one role. To keep somebody out, close the account.");
        }
        return changed(
                db.sql("update account set roles = :roles where login = :login returning name")
                        .param("roles", names(roles)),
                login,
                "account.roles-changed",
                by,
                Map.of("roles", List.of(names(roles))));
    }

    /** Keeps somebody out, at once. */
    public Result close(String login, String by) {
        var result = changed(
                db.sql(
                                "update account set disabled_at = :now where login = :login and disabled_at is null returning name")
                        .param("now", at(clock.instant())),
                login,
                "account.closed",
                by,
                Map.of());
        endSessions(login);
        return result;
    }

    public Result reopen(String login, String by) {
        return changed(db.sql("""
                        update account set disabled_at = null, failures = 0, locked_until = null
                        where login = :login and disabled_at is not null returning name
                        """), login, "account.reopened", by, Map.of());
    }

    private Result changed(
            JdbcClient.StatementSpec update, String login, String action, String by, Map<String, Object> detail) {
        var wanted = login.strip().toLowerCase(Locale.ROOT);
        var found = update.param("login", wanted).query(String.class).optional();
        if (found.isEmpty()) {
            return new Result.Refused("There is nobody with this login to whom that could be done.");
        }
        told(action, by, wanted, detail);
        return new Result.Changed(wanted, found.get());
    }

    private void endSessions(String login) {
        db.sql("delete from person_session where account = (select account from account where login = :login)")
                .param("login", login.strip().toLowerCase(Locale.ROOT))
                .update();
    }

    public boolean isEmpty() {
        return db.sql("select not exists (select from account)")
                .query(Boolean.class)
                .single();
    }

    public List<Listed> all() {
        return db.sql("""
                        select account, login, name, roles, senders, issuer is not null as provided, must_change, locked_until,
                               last_login_at, disabled_at
                        from account order by disabled_at is not null, lower(name)
                        """)
                .query((row, number) -> new Listed(
                        row.getObject("account", UUID.class),
                        row.getString("login"),
                        row.getString("name"),
                        Account.roles(List.of((String[]) row.getArray("roles").getArray())),
                        Optional.ofNullable(row.getArray("senders")).isPresent()
                                ? List.of((String[]) row.getArray("senders").getArray())
                                : List.of(),
                        row.getBoolean("provided"),
                        row.getBoolean("must_change"),
                        instant(row.getObject("locked_until", OffsetDateTime.class)),
                        instant(row.getObject("last_login_at", OffsetDateTime.class)),
                        instant(row.getObject("disabled_at", OffsetDateTime.class))))
                .list();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /** Logins are the clinic's own names of its people, so the trail may have them. */
    private void told(String action, String by, String login, Map<String, Object> detail) {
        var whole = new java.util.LinkedHashMap<String, Object>(detail);
        whole.put("login", login.strip().toLowerCase(Locale.ROOT));
        trail.append(new AuditEntry(AuditTrail.HOUSE, clock.instant(), by, action, "success", null, null, null, whole));
    }

    private static String[] names(Set<Role> roles) {
        return roles.stream()
                .sorted()
                .map(Role::wireName)
                .collect(Collectors.toList())
                .toArray(String[]::new);
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
