package org.referralgateway.bench;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.referralgateway.bench.CpuClock.Watched;
import org.referralgateway.bench.Payload.Shape;

/** What was asked for on the command line. Everything has a limit, so that a typing error cannot eat the machine. */
record LoadOptions(
        URI base,
        int rate,
        int seconds,
        int warmup,
        Shape payload,
        int connections,
        int inFlight,
        int timeoutSeconds,
        int samplesPerSecond,
        int pollMillis,
        String taskQuery,
        int tasksAtLeast,
        int taskTimeoutSeconds,
        List<String> headers,
        Optional<String> tokenCommand,
        List<Watched> watched,
        Optional<Path> json,
        boolean printPayload) {

    static final String USAGE = """
            Sends referrals at a constant rate, whatever comes back, and says how the gateway did.

              --base URL              FHIR base (http://127.0.0.1:8080/fhir)
              --rate N                requests due per second (200)
              --seconds N             measured (30), after
              --warmup N              seconds that are not measured (20)
              --payload P             contained | bundle | bundle20k (contained)
              --connections N         how many requests can be on the wire at once (64)
              --in-flight N           how many can be due and unanswered; more are dropped and counted (10 seconds' worth)
              --timeout N             seconds until a request counts as lost (30)
              --header 'Name: value'  sent with each request; may be repeated. The value of the environment variable
                                      BENCH_AUTHORIZATION is sent as Authorization, so that no secret is on the command line
              --token-command C       prints a bearer token, such as 'deploy/token --port 8080'; asked again in time
              --samples-per-second N  referrals followed until their Task can be read (10; 0 for none)
              --poll-ms N             how often a followed referral is asked for (5)
              --task-query Q          what is asked (Task?focus=ServiceRequest/{id})
              --tasks-at-least N      how many Tasks it must find (1)
              --task-timeout N        seconds until a followed referral is given up (30)
              --pids a=1,b=2          processes whose CPU time is divided by the accepted referrals, with their children
              --json FILE             the results once more, for programs
              --remote                allow a base that is not this machine
              --print-payload         print one payload and stop
            """;

    private static final List<String> FLAGS = List.of("remote", "print-payload");
    private static final List<String> NAMES = List.of(
            "base",
            "rate",
            "seconds",
            "warmup",
            "payload",
            "connections",
            "in-flight",
            "timeout",
            "header",
            "token-command",
            "samples-per-second",
            "poll-ms",
            "task-query",
            "tasks-at-least",
            "task-timeout",
            "pids",
            "json");

    /** Sent with every request, each line ended. */
    String headerLines() {
        var lines = new StringBuilder("Accept: application/fhir+json\r\n");
        headers.forEach(header -> lines.append(header).append("\r\n"));
        return lines.toString();
    }

    /** Something on the command line cannot be done; the message says what to write instead. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    static LoadOptions parse(String[] arguments, @Nullable String authorization) throws Refused {
        var given = new Given(arguments);
        int rate = given.number("rate", 200, 1, 50_000);
        List<String> headers = new ArrayList<>(given.headers);
        if (authorization != null && !authorization.isBlank()) {
            headers.add(header("Authorization: " + authorization.strip()));
        }
        return new LoadOptions(
                base(given.text("base", "http://127.0.0.1:8080/fhir"), given.has("remote")),
                rate,
                given.number("seconds", 30, 1, 86_400),
                given.number("warmup", 20, 0, 3_600),
                shape(given.text("payload", "contained")),
                given.number("connections", 64, 1, 2_000),
                given.number("in-flight", Math.min(10 * rate, 100_000), 1, 1_000_000),
                given.number("timeout", 30, 1, 600),
                given.number("samples-per-second", 10, 0, 1_000),
                given.number("poll-ms", 5, 1, 10_000),
                query(given.text("task-query", "Task?focus=ServiceRequest/{id}")),
                given.number("tasks-at-least", 1, 1, 100),
                given.number("task-timeout", 30, 1, 600),
                List.copyOf(headers),
                Optional.ofNullable(given.values.get("token-command")),
                pids(given.text("pids", "")),
                Optional.ofNullable(given.values.get("json")).map(Path::of),
                given.has("print-payload"));
    }

    private static final class Given {
        private final Map<String, String> values = new HashMap<>();
        private final List<String> headers = new ArrayList<>();

        Given(String[] arguments) throws Refused {
            for (int i = 0; i < arguments.length; i++) {
                String argument = arguments[i];
                int equals = argument.indexOf('=');
                String name =
                        argument.startsWith("--") ? argument.substring(2, equals < 0 ? argument.length() : equals) : "";
                if (FLAGS.contains(name) && equals < 0) {
                    values.put(name, "yes");
                    continue;
                }
                if (!NAMES.contains(name)) {
                    throw new Refused(argument + " is no option.");
                }
                if (equals < 0 && ++i == arguments.length) {
                    throw new Refused("--" + name + " needs a value.");
                }
                String value = equals < 0 ? arguments[i] : argument.substring(equals + 1);
                if (name.equals("header")) {
                    headers.add(header(value));
                } else {
                    values.put(name, value);
                }
            }
        }

        boolean has(String flag) {
            return values.containsKey(flag);
        }

        String text(String name, String otherwise) {
            return values.getOrDefault(name, otherwise);
        }

        int number(String name, int otherwise, int least, int most) throws Refused {
            String text = text(name, Integer.toString(otherwise));
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Said below, with what would do.
            }
            throw new Refused("--" + name + " is " + text + "; give a number from " + least + " to " + most + ".");
        }
    }

    private static URI base(String text, boolean remote) throws Refused {
        URI base;
        try {
            base = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException e) {
            throw new Refused("--base is no URL: " + text);
        }
        String host = base.getHost();
        if (host == null || !List.of("http", "https").contains(base.getScheme())) {
            throw new Refused("--base needs the form http://host:port/path: " + text);
        }
        try {
            boolean local = Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
            if (!local && !remote) {
                throw new Refused(host + " is not this machine. Add --remote if it is yours to load.");
            }
        } catch (UnknownHostException e) {
            throw new Refused("No such host: " + host);
        }
        return base;
    }

    private static Shape shape(String text) throws Refused {
        try {
            return Shape.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Refused("--payload is " + text + "; give contained, bundle or bundle20k.");
        }
    }

    private static String query(String text) throws Refused {
        if (!text.contains("{id}") || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new Refused("--task-query needs {id} and no blanks, as in Task?focus=ServiceRequest/{id}");
        }
        return text;
    }

    private static String header(String text) throws Refused {
        if (text.indexOf(':') < 1 || text.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new Refused("--header needs the form 'Name: value' in plain characters.");
        }
        return text;
    }

    private static List<Watched> pids(String text) throws Refused {
        List<Watched> watched = new ArrayList<>();
        for (String each : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int equals = each.indexOf('=');
            String pid = each.substring(equals + 1).strip();
            try {
                watched.add(new Watched(
                        equals < 0 ? "pid " + pid : each.substring(0, equals).strip(), Long.parseLong(pid)));
            } catch (NumberFormatException e) {
                throw new Refused("--pids needs process ids, as in service=4711,postgres=4712: " + each);
            }
        }
        return watched;
    }
}
