package org.referralgateway.api.people;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.Role;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.people.Logins.From;
import org.springframework.jdbc.core.simple.JdbcClient;

/** People whom the identity provider vouches for. What they may do is what it says at each login. */
class ProvidedAccounts {

    private final JdbcClient db;
    private final ProviderSettings settings;
    private final AuditTrail trail;
    private final Clock clock;

    ProvidedAccounts(JdbcClient db, ProviderSettings settings, AuditTrail trail, Clock clock) {
        this.db = db;
        this.settings = settings;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * The account of whom the claims tell; absent where it is closed, the login too weak, or where they have no role here.
     *
     * @param acr of the ID token, which alone is signed for this login; null where it has none
     */
    Optional<Account> admit(
            String issuer, String subject, @Nullable String acr, Map<String, Object> claims, From from) {
        if (!isStrongEnough(acr)) {
            refused("acr", from);
            return Optional.empty();
        }
        var roles = roles(claims);
        var account = known(issuer, subject, roles)
                .or(() -> roles.isEmpty() ? Optional.empty() : opened(issuer, subject, claims, roles));
        if (account.isEmpty() || roles.isEmpty()) {
            told(account.map(Account::actor).orElse("anonymous"), "login.failed", "refused", "provider", from);
            account.ifPresent(this::endSessions);
            return Optional.empty();
        }
        told(account.get().actor(), "login.succeeded", "success", "provider", from);
        return account;
    }

    /** Nobody known, so far as we were told. */
    void refused(String why, From from) {
        told("anonymous", "login.failed", "refused", why, from);
    }

    private boolean isStrongEnough(@Nullable String acr) {
        return settings.acrValues().isEmpty()
                || (acr != null && settings.acrValues().contains(acr));
    }

    private Set<Role> roles(Map<String, Object> claims) {
        var listed = listed(claims);
        var roles = EnumSet.noneOf(Role.class);
        for (var role : Role.values()) {
            var meaning = settings.roles().getOrDefault(role, List.of(role.wireName()));
            if (meaning.stream().anyMatch(listed::contains)) {
                roles.add(role);
            }
        }
        return roles;
    }

    private Collection<?> listed(Map<String, Object> claims) {
        @Nullable Object found = claims;
        for (var step : settings.rolesClaim().split("\\.")) {
            found = found instanceof Map<?, ?> object ? object.get(step) : null;
        }
        return found instanceof Collection<?> several ? several : found == null ? List.of() : List.of(found);
    }

    private Optional<Account> known(String issuer, String subject, Set<Role> roles) {
        return db.sql("""
                        update account a set roles = :roles, last_login_at = :now
                        where issuer = :issuer and subject = :subject and disabled_at is null returning %s
                        """.formatted(Account.COLUMNS))
                .param("roles", names(roles))
                .param("now", Timestamp.from(clock.instant()))
                .param("issuer", issuer)
                .param("subject", subject)
                .query(Account::of)
                .optional();
    }

    /** The names that the provider gives may be somebody's here already; then the login tells them apart. */
    private Optional<Account> opened(String issuer, String subject, Map<String, Object> claims, Set<Role> roles) {
        var login = String.valueOf(claims.getOrDefault(settings.loginClaim(), subject))
                .strip()
                .toLowerCase(Locale.ROOT);
        var name =
                String.valueOf(claims.getOrDefault(settings.nameClaim(), login)).strip();
        var id = UUID.randomUUID();
        var apart = id.toString().substring(0, 8);
        return open(id, login, name, issuer, subject, roles)
                .or(() -> open(id, login, name + " (" + login + ")", issuer, subject, roles))
                .or(() -> open(id, login + "-" + apart, name + " (" + apart + ")", issuer, subject, roles));
    }

    private Optional<Account> open(UUID id, String login, String name, String issuer, String subject, Set<Role> roles) {
        return db.sql("""
                        insert into account as a (account, login, name, roles, issuer, subject, created_at, last_login_at)
                        values (:account, :login, :name, :roles, :issuer, :subject, :now, :now)
                        on conflict do nothing returning %s
                        """.formatted(Account.COLUMNS))
                .param("account", id)
                .param("login", cut(login, 64))
                .param("name", cut(name, 100))
                .param("roles", names(roles))
                .param("issuer", issuer)
                .param("subject", subject)
                .param("now", Timestamp.from(clock.instant()))
                .query(Account::of)
                .optional();
    }

    private static String cut(String text, int most) {
        return text.substring(0, Math.min(most, text.length()));
    }

    private void endSessions(Account account) {
        db.sql("delete from person_session where account = :account")
                .param("account", account.id())
                .update();
    }

    private static String[] names(Set<Role> roles) {
        return roles.stream().sorted().map(Role::wireName).toArray(String[]::new);
    }

    private void told(String actor, String action, String outcome, String why, From from) {
        trail.append(new AuditEntry(
                AuditTrail.HOUSE,
                clock.instant(),
                actor,
                action,
                outcome,
                null,
                null,
                from.requestId(),
                Map.of("why", why, "from", from.address())));
    }
}
