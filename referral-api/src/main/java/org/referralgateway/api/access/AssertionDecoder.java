package org.referralgateway.api.access;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Reads the assertion by which a client says who it is: signed by one of its registered keys, made for our token endpoint,
 * good for five minutes at most, and once.
 *
 * <p>Source: <a href="https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html">SMART, asymmetric client
 * authentication</a>. Spring's own decoder takes any life time, any number of times, and one algorithm only.
 */
final class AssertionDecoder implements JwtDecoder {

    static final Duration LONGEST_LIFE = Duration.ofMinutes(5);
    static final Duration SKEW = Duration.ofSeconds(30);
    private static final int LONGEST_JTI = 255;
    private static final int LONGEST_ASSERTION = 8192;
    private static final Set<String> ALGORITHMS = Set.of("RS384", "ES384");

    private final SenderClient client;
    private final KeyFetch fetch;
    private final Addresses addresses;
    private final UsedAssertions used;
    private final Clock clock;

    AssertionDecoder(SenderClient client, KeyFetch fetch, Addresses addresses, UsedAssertions used, Clock clock) {
        this.client = client;
        this.fetch = fetch;
        this.addresses = addresses;
        this.used = used;
        this.clock = clock;
    }

    @Override
    public Jwt decode(String assertion) {
        if (assertion.length() > LONGEST_ASSERTION) {
            throw new AssertionRefused("The assertion is too long.");
        }
        var header = header(assertion);
        var keyId = header.getKeyID();
        if (!ALGORITHMS.contains(header.getAlgorithm().getName()) || keyId == null) {
            throw new AssertionRefused("An assertion is signed with RS384 or ES384 and names its key (kid).");
        }
        if (header.getType() != null && !JOSEObjectType.JWT.equals(header.getType())) {
            throw new AssertionRefused("typ of an assertion is JWT, or left out.");
        }
        if (header.getJWK() != null || header.getX509CertURL() != null || header.getX509CertChain() != null) {
            throw new AssertionRefused("An assertion does not bring its own key.");
        }
        if (header.getJWKURL() != null && !header.getJWKURL().toString().equals(client.jwksUrl())) {
            throw new AssertionRefused("jku is not the address that was registered.");
        }
        var keys = keys(keyId).orElseThrow(() -> new AssertionRefused("The client's keys are not to be had."));
        var decoder = NimbusJwtDecoder.withJwkSource(new ImmutableJWKSet<>(keys))
                .jwsAlgorithms(algorithms -> {
                    algorithms.add(SignatureAlgorithm.RS384);
                    algorithms.add(SignatureAlgorithm.ES384);
                })
                .build();
        decoder.setJwtValidator(jwt -> OAuth2TokenValidatorResult.success()); // all of it is below, in one place
        var jwt = decoder.decode(assertion);
        var jti = requireClaims(jwt);
        if (!used.claim(client.client(), jti, expiry(jwt))) {
            throw new AssertionRefused(
                    "This assertion was used before. Make a new one, with a new jti, for each token.");
        }
        return jwt;
    }

    private static JWSHeader header(String assertion) {
        try {
            return SignedJWT.parse(assertion).getHeader();
        } catch (ParseException e) {
            throw new AssertionRefused("The assertion is no signed JWT.");
        }
    }

    private Optional<JWKSet> keys(String keyId) {
        if (client.jwksUrl() != null) {
            return fetch.keys(client.jwksUrl(), keyId).filter(keys -> keys.getKeyByKeyId(keyId) != null);
        }
        try {
            return client.jwks() == null ? Optional.empty() : Optional.of(JWKSet.parse(client.jwks()));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private String requireClaims(Jwt jwt) {
        require(
                client.client().equals(jwt.getClaimAsString("iss"))
                        && client.client().equals(jwt.getSubject()),
                "iss and sub" + " must both be the client id.");
        var audience = jwt.getAudience();
        require(
                audience != null && audience.size() == 1 && audience.contains(addresses.tokenEndpoint()),
                "aud must be " + addresses.tokenEndpoint() + ".");
        var now = clock.instant();
        var expiry = expiry(jwt);
        require(expiry.isAfter(now.minus(SKEW)), "The assertion has expired.");
        require(!expiry.isAfter(now.plus(LONGEST_LIFE).plus(SKEW)), "exp is more than five minutes ahead.");
        require(isPast(jwt.getClaimAsInstant("nbf"), now), "nbf is in the future.");
        require(isPast(jwt.getClaimAsInstant("iat"), now), "iat is in the future.");
        var jti = jwt.getId();
        if (jti == null
                || jti.isBlank()
                || jti.length() > LONGEST_JTI
                || jti.chars().anyMatch(Character::isISOControl)) {
            throw new AssertionRefused("jti must have 1 to 255 characters, none of them a control character.");
        }
        return jti;
    }

    private static Instant expiry(Jwt jwt) {
        var expiry = jwt.getClaimAsInstant("exp");
        if (expiry == null) {
            throw new AssertionRefused("exp is missing.");
        }
        return expiry;
    }

    private static boolean isPast(@Nullable Instant time, Instant now) {
        return time == null || !time.isAfter(now.plus(SKEW));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionRefused(otherwise);
        }
    }
}
