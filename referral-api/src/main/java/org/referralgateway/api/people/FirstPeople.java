package org.referralgateway.api.people;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.referralgateway.api.access.Role;
import org.referralgateway.api.people.Accounts.Result;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Where nobody has an account yet, opens one for each role and prints the first passwords, once: to the terminal and past
 * the log, which is kept.
 */
@Component
@ConditionalOnProperty("referral.people.open-first")
class FirstPeople implements ApplicationRunner {

    private final Accounts accounts;
    private final TransactionTemplate transaction;
    private final PeopleSettings settings;

    FirstPeople(Accounts accounts, TransactionTemplate transaction, PeopleSettings settings) {
        this.accounts = accounts;
        this.transaction = transaction;
        this.settings = settings;
    }

    @Override
    public void run(ApplicationArguments arguments) throws Exception {
        if (accounts.isEmpty()) {
            var opened = new ArrayList<Result.Opened>();
            try {
                open(opened);
            } finally {
                // What was opened before something failed has no other place to be read.
                if (!opened.isEmpty()) {
                    print(opened);
                }
            }
        }
    }

    /**
     * All at once, for hashing a password is made to take long. Another instance that starts at the same moment may have been
     * faster: then there is nothing to print here.
     */
    private void open(List<Result.Opened> opened) throws Exception {
        try (var each = Executors.newFixedThreadPool(Role.values().length)) {
            var opening = Arrays.stream(Role.values())
                    .map(role -> (Callable<Optional<Result.Opened>>) () -> open(role))
                    .toList();
            var all = each.invokeAll(opening);
            for (var one : all) {
                if (one.state() == Future.State.SUCCESS) {
                    one.resultNow().ifPresent(opened::add);
                }
            }
            for (var one : all) {
                one.get(); // Says so where one failed.
            }
        }
    }

    private Optional<Result.Opened> open(Role role) {
        var result = transaction.execute(status -> accounts.open(
                role.wireName(),
                settings.firstNames().getOrDefault(role, capitalised(role.wireName())),
                Set.of(role),
                Set.of(),
                settings.firstPasswordValid(),
                "system:start"));
        return result instanceof Result.Opened one ? Optional.of(one) : Optional.empty();
    }

    private static void print(List<Result.Opened> opened) {
        var terminal = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        terminal.println(
                "\nAccounts for the pages, with their first passwords. They are printed this once and kept nowhere:\n");
        for (var one : opened) {
            terminal.printf("  %-16s %-24s %s%n", one.login(), one.name(), one.password());
        }
        terminal.println(
                "\nEach must be changed at the first login. deploy/person adds people and makes new passwords.\n");
    }

    private static String capitalised(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
