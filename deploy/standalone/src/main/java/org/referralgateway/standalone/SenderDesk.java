package org.referralgateway.standalone;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.referralgateway.standalone.Registrations.Registration;

/** Where senders are registered and get their tokens: the commands {@code sender} and {@code token}. */
final class SenderDesk {
    static final String DEMO = "demo";
    private static final String ADDRESS = "identity/address";

    private SenderDesk() {}

    /** What the commands read later: where the run on this data folder answers. */
    static void note(Path data, String web) throws IOException {
        var file = data.resolve(ADDRESS);
        Files.createDirectories(file.getParent());
        Files.writeString(file, web);
    }

    private static String noted(Path data) throws IOException {
        var file = data.resolve(ADDRESS);
        return Files.exists(file) ? Files.readString(file).strip() : "http://127.0.0.1:8080";
    }

    /** Does what the options say, and gives what is to be printed. */
    static String run(SenderOptions options, Map<String, String> environment, String person) throws IOException {
        if (options.verb() == SenderOptions.Verb.HELP) {
            return SenderOptions.USAGE;
        }
        var registrations = new Registrations(
                options.external() ? Databases.external(environment) : Databases.embedded(options.data()));
        return switch (options.verb()) {
            case ADD ->
                added(
                        options,
                        registrations,
                        options.external() ? environment.get("REFERRAL_IDENTITY_BASEURL") : null,
                        person);
            case LIST -> list(registrations.all());
            case REVOKE -> changed(options, registrations, false, person);
            case RESTORE -> changed(options, registrations, true, person);
            case HELP -> SenderOptions.USAGE;
        };
    }

    private static String added(
            SenderOptions options, Registrations registrations, @Nullable String baseUrl, String person)
            throws IOException {
        var jwks = jwks(options);
        var registration = new Registration(
                options.client(),
                options.name(),
                options.organisation(),
                jwks,
                url(options.jwksUrl()),
                options.scopes(),
                options.strict(),
                certificate(options.certificate()));
        if (!registrations.register(registration, person)) {
            throw new CannotStart("The client " + options.client()
                    + " belongs to another sender already. Choose another" + " id with --client.");
        }
        var given = options.baseUrl() == null ? baseUrl : options.baseUrl();
        return Onboarding.text(registration, given == null ? noted(options.data()) : given, options.generateKey());
    }

    private static @Nullable String jwks(SenderOptions options) throws IOException {
        if (options.generateKey()) {
            var file = SenderKey.fileOf(options.data(), options.client());
            return (Files.exists(file) ? SenderKey.in(file) : SenderKey.madeIn(file)).publicKeys();
        }
        var file = options.jwks();
        if (file == null) {
            return null;
        }
        try {
            var keys = JWKSet.parse(Files.readString(file));
            if (keys.isEmpty()) {
                throw new CannotStart(file + " holds no key.");
            }
            for (var key : keys.getKeys()) {
                requireUsable(key, file);
            }
            // Should there be private parts in it, they end here.
            return keys.toPublicJWKSet().toString();
        } catch (ParseException | JOSEException e) {
            throw new CannotStart(file + " is no JWK Set (RFC 7517).");
        }
    }

    private static void requireUsable(JWK key, Path file) throws JOSEException {
        boolean isStrong = switch (key) {
            case RSAKey rsa -> rsa.toRSAPublicKey().getModulus().bitLength() >= 2048;
            case ECKey ec -> Curve.P_384.equals(ec.getCurve());
            default -> false;
        };
        if (!isStrong || key.getKeyID() == null) {
            throw new CannotStart(
                    "A key in " + file + " cannot be taken. Each must be RSA with 2048 bits or more, for RS384,"
                            + " or EC on P-384, for ES384, and have a kid.");
        }
    }

    private static @Nullable String url(@Nullable String url) {
        if (url == null) {
            return null;
        }
        try {
            var address = URI.create(url);
            if (address.getHost() != null && List.of("https", "http").contains(address.getScheme())) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new CannotStart("--jwks-url needs an https address: " + url);
    }

    private static @Nullable String certificate(@Nullable Path file) throws IOException {
        if (file == null) {
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            var certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
            var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new CannotStart(file + " is no certificate.");
        }
    }

    private static String list(List<Registrations.Line> lines) {
        var text = new StringBuilder();
        for (var line : lines) {
            text.append("%-24s %-24s %-8s keys %s, %s, %s%n"
                    .formatted(
                            line.sender(),
                            line.client(),
                            line.active() ? "active" : "revoked",
                            line.keys(),
                            line.scopes(),
                            line.organisation()));
        }
        return text.isEmpty() ? "No sender is registered. deploy/sender add --help\n" : text.toString();
    }

    private static String changed(SenderOptions options, Registrations registrations, boolean active, String person) {
        if (!registrations.setActive(options.name(), active, person)) {
            throw new CannotStart("There is no client " + options.name() + ". deploy/sender list");
        }
        return options.name() + (active ? " may call again.\n" : " is out, within seconds, with the tokens it has.\n");
    }

    /** A sender for trying it out, with a key in the data folder; a second call changes nothing. */
    static SenderKey demoSender(Path data, String sender, String person) throws IOException {
        var file = SenderKey.fileOf(data, sender);
        boolean isNew = !Files.exists(file);
        var key = isNew ? SenderKey.madeIn(file) : SenderKey.in(file);
        var registrations = new Registrations(Databases.embedded(data));
        Optional<Registrations.Line> known = registrations.find(sender);
        if (known.isPresent() && isNew) {
            Files.delete(file);
            throw new CannotStart(sender + " is registered with a key that is not here. Name it with --key.");
        }
        if (known.isEmpty()) {
            registrations.register(
                    new Registration(
                            sender,
                            sender,
                            sender,
                            key.publicKeys(),
                            null,
                            List.of(AccessTokens.EVERYTHING),
                            false,
                            null),
                    person);
        }
        return key;
    }

    /** A token, and nothing else. */
    static String token(TokenOptions options, String person) throws IOException, InterruptedException {
        var given = options.key();
        var key = given == null ? demoSender(options.data(), options.sender(), person) : SenderKey.in(given);
        var scopes = options.scopes();
        if (scopes == null) {
            scopes = given == null
                    ? new Registrations(Databases.embedded(options.data()))
                            .find(options.sender())
                            .map(Registrations.Line::scopes)
                            .orElse(AccessTokens.EVERYTHING)
                    : String.join(" ", SenderOptions.USUAL_SCOPES);
        }
        var web = options.web() == null ? noted(options.data()) : options.web();
        return new AccessTokens(web, options.sender(), key, scopes).current();
    }
}
