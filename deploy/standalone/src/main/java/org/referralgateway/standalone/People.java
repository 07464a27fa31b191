package org.referralgateway.standalone;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.referralgateway.api.access.Role;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.people.Accounts;
import org.referralgateway.api.people.Accounts.Result;
import org.referralgateway.api.people.Passwords;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Opens, changes and closes accounts of people, in the database of a gateway that runs. */
final class People {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    private final Accounts accounts;
    private final TransactionTemplate transaction;

    People(DataSource database) {
        var db = JdbcClient.create(database);
        accounts = new Accounts(db, new Passwords(), new AuditTrail(db, new JsonMapper()), Clock.systemUTC());
        transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
    }

    /** @return what to print */
    String run(PersonOptions wanted, String operatingSystemUser) {
        var by = "person:" + operatingSystemUser;
        return switch (wanted.what()) {
            case HELP -> PersonOptions.USAGE;
            case LIST -> list();
            case ADD ->
                said(inOne(() -> accounts.open(
                        login(wanted),
                        String.valueOf(wanted.name()),
                        wanted.roles(),
                        wanted.senders(),
                        wanted.valid(),
                        by)));
            case RESET -> said(inOne(() -> accounts.reset(login(wanted), wanted.valid(), by)));
            case ROLES -> said(inOne(() -> accounts.giveRoles(login(wanted), wanted.roles(), by)));
            case CLOSE -> said(inOne(() -> accounts.close(login(wanted), by)));
            case REOPEN -> said(inOne(() -> accounts.reopen(login(wanted), by)));
        };
    }

    /** @return the first password of somebody new */
    String open(String login, Set<Role> roles, String by) {
        var opened = inOne(() -> accounts.open(login, login, roles, Set.of(), Duration.ofDays(1), by));
        return switch (opened) {
            case Result.Opened one -> one.password();
            case Result.Changed changed -> throw new IllegalStateException("Nobody was to be changed.");
            case Result.Refused(var why) -> throw new CannotStart(why);
        };
    }

    private static String login(PersonOptions wanted) {
        return Objects.requireNonNull(wanted.login());
    }

    private Result inOne(Supplier<Result> change) {
        return Objects.requireNonNull(transaction.execute(status -> change.get()));
    }

    private static String said(Result result) {
        return switch (result) {
            case Result.Opened(var login, var name, var password, var until) ->
                "First password of %s (login %s), good until %s for choosing another; it is printed this once:\n\n    %s\n"
                        .formatted(name, login, time(until), password);
            case Result.Changed(var login, var name) -> "Done: %s (login %s).\n".formatted(name, login);
            case Result.Refused(var why) -> throw new CannotStart(why);
        };
    }

    private String list() {
        return accounts.all().stream()
                .map(one -> "%-20s %-28s %-36s %s%n"
                        .formatted(
                                one.login(),
                                one.name(),
                                String.join(",", one.roleNames()),
                                Stream.of(
                                                one.disabledAt() == null ? "" : "closed",
                                                one.provided() ? "by the identity provider" : "",
                                                one.mustChange() ? "has a first password" : "",
                                                one.lockedUntil() == null
                                                        ? ""
                                                        : "locked until " + time(one.lockedUntil()))
                                        .filter(state -> !state.isEmpty())
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining());
    }

    static String time(Instant time) {
        return TIME.format(time);
    }
}
