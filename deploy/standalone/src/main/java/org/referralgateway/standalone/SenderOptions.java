package org.referralgateway.standalone;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with the list of senders.
 *
 * @param name the sender for {@code add}, the client for {@code revoke} and {@code restore}; empty for {@code list}
 * @param client called like the sender where nothing else is said
 */
record SenderOptions(
        Verb verb,
        String name,
        String client,
        String organisation,
        @Nullable Path jwks,
        @Nullable String jwksUrl,
        boolean generateKey,
        @Nullable Path certificate,
        List<String> scopes,
        boolean strict,
        Path data,
        boolean external,
        @Nullable String baseUrl) {

    enum Verb {
        ADD,
        LIST,
        REVOKE,
        RESTORE,
        HELP
    }

    static final String USAGE = """
            Usage: sender add NAME (--jwks FILE | --jwks-url URL | --generate-key | --issuer-knows-it) [options]
                   sender list
                   sender revoke CLIENT | sender restore CLIENT

            Registers who may send referrals, and prints what the engineer of that EHR needs. Repeating it changes the keys,
            scopes and the rest of a registration. A revoked client is out within seconds, with the tokens it has.

              NAME                the sender: whose referrals they are. Letters, digits and hyphens; it stays for ever
              --client ID         the client id; NAME where it is left out. A test system is a client of its own
              --organisation TEXT the name in the agreement
              --jwks FILE         the public keys as a JWK Set (RSA of 2048 bits or more, or EC P-384, each with a kid)
              --jwks-url URL      where they are published, by https
              --generate-key      make a key pair here, in the data folder: for trying it out
              --issuer-knows-it   no keys: an external issuer (referral.identity.mode=external) vouches for this client
              --scopes TEXT       default: system/ServiceRequest.cruds system/Task.crs and system/*.cru for what belongs to it
              --certificate FILE  only on connections with this client certificate (PEM)
              --strict            carry no fault: refuse what would travel as a warning
              --data DIR          the data folder of the run, default .data
              --external          take the database that SPRING_DATASOURCE_URL, ..._USERNAME and ..._PASSWORD name
              --base-url URL      how the sender reaches the gateway; default what the run calls itself
            """;

    static final List<String> USUAL_SCOPES = List.of("system/ServiceRequest.cruds", "system/Task.crs", "system/*.cru");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,62}[A-Za-z0-9])?");
    private static final Pattern SCOPE = Pattern.compile("system/(?:\\*|[A-Z][A-Za-z]+)\\.(?=[cruds])c?r?u?d?s?");

    static SenderOptions parse(List<String> arguments) {
        var rest = arguments.iterator();
        var verb = verb(rest);
        String name = "";
        String client = "";
        String organisation = "";
        Path jwks = null;
        String jwksUrl = null;
        boolean generateKey = false;
        boolean issuerKnowsIt = false;
        Path certificate = null;
        List<String> scopes = USUAL_SCOPES;
        boolean strict = false;
        Path data = Path.of(".data");
        boolean external = false;
        String baseUrl = null;
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--client" -> client = named(argument, Values.after(argument, rest, USAGE));
                case "--organisation" -> organisation = Values.after(argument, rest, USAGE);
                case "--jwks" -> jwks = Path.of(Values.after(argument, rest, USAGE));
                case "--jwks-url" -> jwksUrl = Values.after(argument, rest, USAGE);
                case "--generate-key" -> generateKey = true;
                case "--issuer-knows-it" -> issuerKnowsIt = true;
                case "--certificate" -> certificate = Path.of(Values.after(argument, rest, USAGE));
                case "--scopes" -> scopes = scopes(Values.after(argument, rest, USAGE));
                case "--strict" -> strict = true;
                case "--data" -> data = Path.of(Values.after(argument, rest, USAGE));
                case "--external" -> external = true;
                case "--base-url" ->
                    baseUrl = Values.after(argument, rest, USAGE).replaceFirst("/+$", "");
                case "--help" -> verb = Verb.HELP;
                default -> {
                    if (argument.startsWith("-") || !name.isEmpty()) {
                        throw new CannotStart("Unknown option " + argument + ".\n\n" + USAGE);
                    }
                    name = named("The name", argument);
                }
            }
        }
        long keys = Stream.of(jwks != null, jwksUrl != null, generateKey, issuerKnowsIt)
                .filter(given -> given)
                .count();
        if (verb != Verb.HELP && verb != Verb.LIST && name.isEmpty()) {
            throw new CannotStart("Say which sender or client.\n\n" + USAGE);
        }
        if (verb == Verb.ADD && keys != 1) {
            throw new CannotStart("Say in one way where the keys are: --jwks, --jwks-url, --generate-key or"
                    + " --issuer-knows-it.\n\n" + USAGE);
        }
        return new SenderOptions(
                verb,
                name,
                client.isEmpty() ? name : client,
                organisation.isEmpty() ? name : organisation,
                jwks,
                jwksUrl,
                generateKey,
                certificate,
                scopes,
                strict,
                data,
                external,
                baseUrl);
    }

    private static Verb verb(Iterator<String> rest) {
        String first = rest.hasNext() ? rest.next() : "--help";
        return switch (first) {
            case "add" -> Verb.ADD;
            case "list" -> Verb.LIST;
            case "revoke" -> Verb.REVOKE;
            case "restore" -> Verb.RESTORE;
            case "--help", "-h" -> Verb.HELP;
            default -> throw new CannotStart("Unknown command " + first + ".\n\n" + USAGE);
        };
    }

    /** Also the name of a file and a part of addresses, so nothing that means something there. */
    static String named(String what, String value) {
        if (!NAME.matcher(value).matches()) {
            throw new CannotStart(what + " must be of letters, digits, hyphens and dots, 64 at most: " + value);
        }
        return value;
    }

    private static List<String> scopes(String text) {
        var scopes = List.of(text.strip().split("[ ,]+"));
        scopes.forEach(scope -> {
            if (!SCOPE.matcher(scope).matches()) {
                throw new CannotStart(
                        scope + " is no scope. Write system/ServiceRequest.cru, letters in the order c r u d s.");
            }
        });
        return scopes;
    }
}
