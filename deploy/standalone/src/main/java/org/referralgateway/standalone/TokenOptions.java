package org.referralgateway.standalone;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose token is wanted, and from where.
 *
 * @param web where the gateway answers; null where the data folder says it
 * @param key the sender's private key; null where it lies in the data folder
 */
record TokenOptions(
        String sender,
        @Nullable String web,
        Path data,
        @Nullable Path key,
        @Nullable String scopes,
        boolean help) {
    static final String USAGE = """
            Usage: token [--port P | --base URL] [--data DIR] [--key FILE] [--scopes TEXT] [SENDER]

            Prints a bearer token and nothing else, for  curl -H "Authorization: Bearer $(deploy/token)" ...
            It is good for five minutes.

              SENDER        whose; default demo. One that is not known yet is registered, with a key of its own
              --port P      where the gateway answers on this computer; default where the run on the data folder does
              --base URL    the same for another computer, for example https://referrals.clinic.example
              --data DIR    the data folder of the run, default .data
              --key FILE    the private key as a JWK Set; SENDER is then the client id, and nothing is registered
              --scopes TEXT default everything that the client is registered for
            """;

    static TokenOptions parse(List<String> arguments) {
        String sender = "";
        String web = null;
        Path data = Path.of(".data");
        Path key = null;
        String scopes = null;
        boolean help = false;
        var rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--port" -> web = "http://127.0.0.1:" + port(Values.after(argument, rest, USAGE));
                case "--base" -> web = Values.after(argument, rest, USAGE).replaceFirst("(/fhir)?/*$", "");
                case "--data" -> data = Path.of(Values.after(argument, rest, USAGE));
                case "--key" -> key = Path.of(Values.after(argument, rest, USAGE));
                case "--scopes" -> scopes = Values.after(argument, rest, USAGE);
                case "--help", "-h" -> help = true;
                default -> {
                    if (argument.startsWith("-") || !sender.isEmpty()) {
                        throw new CannotStart("Unknown option " + argument + ".\n\n" + USAGE);
                    }
                    sender = SenderOptions.named("The sender", argument);
                }
            }
        }
        return new TokenOptions(sender.isEmpty() ? "demo" : sender, web, data, key, scopes, help);
    }

    private static String port(String value) {
        if (!value.matches("[0-9]{1,5}")) {
            throw new CannotStart("--port must be a number.\n\n" + USAGE);
        }
        return value;
    }
}
