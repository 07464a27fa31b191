package org.referralgateway.standalone;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The command line.
 *
 * @param data where PostgreSQL, Kafka, passwords and the log are kept
 * @param samples the requests that the demo sends
 * @param external whether to use the servers that the environment names instead of starting our own
 * @param rehearsal whether to stop again after a first look at everything, for the JVM to note down what a start needs
 * @param forSpring settings in Spring's own form, {@code --a.b=c}: {@code a.b} to {@code c}
 */
record Options(
        OptionalInt givenPort,
        Path data,
        Path samples,
        boolean demo,
        boolean external,
        boolean rehearsal,
        boolean help,
        Map<String, String> forSpring) {
    private static final Pattern SPRING_SETTING = Pattern.compile("--([a-z0-9-]+\\.[^=]+)=(.*)");

    static final String USAGE = """
            Usage: run [--port N] [--data DIR] [--demo] [--external] [--help] [--spring.property=value ...]

              --port N     web port, default 8080; health and metrics are on the next one
              --data DIR   where PostgreSQL and Kafka keep their data; kept over runs, delete it to begin anew
              --demo       send the samples, show what becomes of them, and stay up
              --external   start no PostgreSQL and no Kafka: use those that the environment names, such as
                           SPRING_DATASOURCE_URL and SPRING_KAFKA_BOOTSTRAP_SERVERS
            """;

    static Options parse(String... arguments) {
        OptionalInt port = OptionalInt.empty();
        Path data = Path.of(".data");
        Path samples = Path.of("deploy", "samples");
        boolean demo = false;
        boolean external = false;
        boolean rehearsal = false;
        boolean help = false;
        var forSpring = new LinkedHashMap<String, String>();

        var rest = List.of(arguments).iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--port" -> port = OptionalInt.of(port(valueOf(argument, rest.hasNext() ? rest.next() : "")));
                case "--data" -> data = Path.of(valueOf(argument, rest.hasNext() ? rest.next() : ""));
                case "--samples" -> samples = Path.of(valueOf(argument, rest.hasNext() ? rest.next() : ""));
                case "--demo" -> demo = true;
                case "--external" -> external = true;
                case "--rehearse" -> rehearsal = true;
                case "--help" -> help = true;
                default -> addSpringSetting(argument, forSpring);
            }
        }
        return new Options(
                port, data, samples, demo, external, rehearsal, help, Collections.unmodifiableMap(forSpring));
    }

    int port() {
        return givenPort.orElse(8080);
    }

    Options on(int freePort) {
        return new Options(OptionalInt.of(freePort), data, samples, demo, external, rehearsal, help, forSpring);
    }

    private static String valueOf(String option, String value) {
        if (value.isEmpty()) {
            throw new CannotStart(option + " needs a value.\n\n" + USAGE);
        }
        return value;
    }

    private static int port(String value) {
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > 65534) {
            throw new CannotStart("--port must be a number from 1 to 65534, because the next one is used too.");
        }
        return Integer.parseInt(value);
    }

    private static void addSpringSetting(String argument, Map<String, String> settings) {
        var setting = SPRING_SETTING.matcher(argument);
        if (!setting.matches()) {
            throw new CannotStart("Unknown option " + argument + ".\n\n" + USAGE);
        }
        if (setting.group(1).equals("server.port")) {
            throw new CannotStart("Use --port: health and metrics move with it.");
        }
        settings.put(setting.group(1), setting.group(2));
    }
}
