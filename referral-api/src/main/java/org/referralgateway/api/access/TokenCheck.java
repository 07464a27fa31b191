package org.referralgateway.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.Caller.SenderCaller;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * Says whose token it is. A token's signature is verified once and the outcome kept under the token's hash until it expires,
 * because senders use one token for many requests; whether the sender is still registered is asked every time.
 *
 * <p>It is no {@code AuthenticationManager} by type, because a bean that is one becomes the last resort of every other door.
 */
final class TokenCheck {

    private static final int MOST_KEPT = 20_000;
    private static final int LONGEST = 8192;

    private final JwtDecoder decoder;
    private final SenderClients clients;
    private final Clock clock;
    private final Cache<String, Verified> verified = Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .expireAfter(Expiry.creating((String hash, Verified token) -> token.left()))
            .build();

    TokenCheck(JwtDecoder decoder, SenderClients clients, Clock clock) {
        this.decoder = decoder;
        this.clients = clients;
        this.clock = clock;
    }

    /**
     * @param certificate SHA-256 of the certificate that the token is bound to; null where it is bound to none
     */
    private record Verified(
            String client,
            Scopes scopes,
            Instant expiresAt,
            @Nullable String certificate,
            Duration left,
            Last last) {}

    /** The caller that a token stood for the last time, as long as the registration has not changed. */
    private static final class Last {
        private volatile @Nullable SenderClient registration;
        private volatile @Nullable SenderCaller caller;
    }

    Authentication authenticate(Authentication authentication) {
        var token = ((BearerTokenAuthenticationToken) authentication).getToken();
        if (token.length() > LONGEST) {
            throw new InvalidBearerTokenException("The token is too long.");
        }
        var known = verified(token);
        var client = clients.active(known.client())
                .orElseThrow(() -> new InvalidBearerTokenException("The token's client is not registered here."));
        requireCertificate(known.certificate());
        requireCertificate(client.certificate());
        return new CallerAuthentication(caller(known, client));
    }

    private Verified verified(String token) {
        var hash = hash(token);
        var known = verified.getIfPresent(hash);
        if (known != null && known.expiresAt().isAfter(clock.instant())) {
            return known;
        }
        var fresh = verify(token);
        if (fresh.left().isPositive()) {
            verified.put(hash, fresh);
        }
        return fresh;
    }

    private Verified verify(String token) {
        try {
            var jwt = decoder.decode(token);
            var expiresAt = Objects.requireNonNull(jwt.getExpiresAt());
            return new Verified(
                    client(jwt),
                    scopes(jwt),
                    expiresAt,
                    boundTo(jwt),
                    Duration.between(clock.instant(), expiresAt),
                    new Last());
        } catch (BadJwtException e) {
            throw new InvalidBearerTokenException("The token is not valid.", e);
        } catch (JwtException e) {
            // The provider's keys are not to be had. Nobody gets in, and nobody is told that it is their fault.
            throw new KeysAway(e);
        }
    }

    /** As RFC 9068 names it, or as Keycloak and Entra do. Never the subject, which is a person in other tokens of theirs. */
    private static String client(Jwt jwt) {
        for (var claim : new String[] {"client_id", "azp"}) {
            if (jwt.getClaims().get(claim) instanceof String client && !client.isBlank()) {
                return client;
            }
        }
        throw new BadJwtException("The token names no client.");
    }

    private static Scopes scopes(Jwt jwt) {
        var scope = jwt.hasClaim("scope")
                ? jwt.getClaims().get("scope")
                : jwt.getClaims().get("scp");
        return switch (scope) {
            case String text -> Scopes.of(text);
            case Collection<?> texts ->
                Scopes.of(texts.stream().map(String::valueOf).toList());
            case null, default -> Scopes.NONE;
        };
    }

    private static @Nullable String boundTo(Jwt jwt) {
        return jwt.getClaims().get("cnf") instanceof Map<?, ?> confirmation
                        && confirmation.get("x5t#S256") instanceof String certificate
                ? certificate
                : null;
    }

    private static void requireCertificate(@Nullable String wanted) {
        if (wanted != null && !wanted.equals(Certificates.ofThisConnection())) {
            throw new InvalidBearerTokenException("The token is bound to another certificate.");
        }
    }

    private static SenderCaller caller(Verified known, SenderClient client) {
        var last = known.last();
        var caller = last.caller;
        if (caller == null || !client.equals(last.registration)) {
            caller = new SenderCaller(
                    client.sender(), client.client(), known.scopes().within(client.scopes()), client.strict());
            last.registration = client;
            last.caller = caller;
        }
        return caller;
    }

    private static String hash(String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
