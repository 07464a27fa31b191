package org.referralgateway.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.Role;

/**
 * What is to be done with an account, and where its database is.
 *
 * @param what the verb
 * @param login whose; absent for {@code list}
 * @param senders whose referrals the person works on; empty: those of every sender
 * @param valid how long a generated password is good
 * @param data the folder of the run whose database it is
 * @param external whether it is the database that the environment names instead
 */
record PersonOptions(
        Verb what,
        @Nullable String login,
        @Nullable String name,
        Set<Role> roles,
        Set<String> senders,
        Duration valid,
        Path data,
        boolean external) {

    /** What can be done. */
    enum Verb {
        ADD,
        RESET,
        ROLES,
        CLOSE,
        REOPEN,
        LIST,
        HELP
    }

    static final String USAGE = """
            Usage: person add LOGIN --name NAME --role ROLE [--role ROLE ...] [--sender SENDER ...]
                   person reset LOGIN                       a new first password; ends sessions and a lock
                   person roles LOGIN --role ROLE [...]     other roles instead of those they have
                   person close LOGIN | person reopen LOGIN
                   person list

            Each with [--data DIR | --external]. A first password is printed once, and must be changed at the first login.

              --role ROLE      coordinator, clinician, auditor, operator or administrator
              --sender SENDER  works on this sender's referrals only
              --valid-days N   how long a first password is good, default 7
              --data DIR       the data folder of the run whose people they are
              --external       take the database that SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and
                               SPRING_DATASOURCE_PASSWORD name
            """;

    static PersonOptions parse(List<String> arguments) {
        Verb what = arguments.isEmpty() ? Verb.HELP : null;
        String login = null;
        String name = null;
        var roles = new LinkedHashSet<Role>();
        var senders = new LinkedHashSet<String>();
        Duration valid = Duration.ofDays(7);
        Path data = Path.of(".data");
        boolean external = false;

        var rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--name" -> name = valueOf(argument, rest);
                case "--role" -> roles.add(role(valueOf(argument, rest)));
                case "--sender" -> senders.add(valueOf(argument, rest));
                case "--valid-days" -> valid = days(valueOf(argument, rest));
                case "--data" -> data = Path.of(valueOf(argument, rest));
                case "--external" -> external = true;
                case "--help" -> what = Verb.HELP;
                default -> {
                    if (argument.startsWith("-")) {
                        throw wrong("Unknown option " + argument + ".");
                    }
                    if (what == null) {
                        what = verb(argument);
                    } else if (login == null) {
                        login = argument;
                    } else {
                        throw wrong("One login at a time.");
                    }
                }
            }
        }
        if (what == null) {
            throw wrong("Say what to do.");
        }
        if (login == null && what != Verb.LIST && what != Verb.HELP) {
            throw wrong("Say whose account: a login.");
        }
        if (what == Verb.ADD && name == null) {
            throw wrong("A person needs a name: --name.");
        }
        return new PersonOptions(what, login, name, Set.copyOf(roles), Set.copyOf(senders), valid, data, external);
    }

    private static Verb verb(String word) {
        return Stream.of(Verb.values())
                .filter(verb -> verb.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> wrong("Unknown: " + word + "."));
    }

    private static Role role(String word) {
        return Role.of(word)
                .orElseThrow(() -> wrong("Unknown role " + word + ". There are: "
                        + Stream.of(Role.values()).map(Role::wireName).collect(Collectors.joining(", ")) + "."));
    }

    private static Duration days(String value) {
        if (!value.matches("[1-9][0-9]{0,2}")) {
            throw wrong("--valid-days must be a number from 1 to 999.");
        }
        return Duration.ofDays(Long.parseLong(value));
    }

    private static String valueOf(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw wrong(option + " needs a value.");
        }
        return rest.next();
    }

    private static CannotStart wrong(String why) {
        return new CannotStart(why + "\n\n" + USAGE);
    }
}
