package org.referralgateway.api.access;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.referralgateway.api.platform.RefusedToStart;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/**
 * Makes what reads access tokens: fixed algorithms, keys of one issuer, made for us, an access token by its type, and in time.
 */
final class TokenDecoders {

    static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");
    private static final Duration SKEW = Duration.ofSeconds(30);
    /** What only an ID token, or a token for something else, has. */
    private static final Set<String> NOT_OF_ACCESS = Set.of("nonce", "at_hash", "c_hash", "s_hash", "events");

    private TokenDecoders() {}

    /** For our own tokens. */
    static JwtDecoder local(SigningKeys keys, Addresses addresses, Clock clock) {
        var decoder = NimbusJwtDecoder.withJwkSource(
                        new ImmutableJWKSet<>(keys.all().toPublicJWKSet()))
                .jwsAlgorithm(SignatureAlgorithm.ES384)
                .jwtProcessorCustomizer(
                        processor -> processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(ACCESS_TOKEN)))
                .build();
        decoder.setJwtValidator(
                all(addresses.base(), addresses.fhir(), keyNamed(), lifeOfAtMost(RegisteredSenders.TOKEN_LIFE, clock)));
        return decoder;
    }

    /** For those of a provider, which need not be there yet when we start. */
    static JwtDecoder external(AccessSettings settings, Addresses addresses) {
        var issuer = settings.issuerUri();
        if (issuer == null || issuer.isBlank()) {
            throw new RefusedToStart(
                    "referral.identity.mode is external, but no provider is named.",
                    "Set referral.identity.issuer-uri to the issuer address of your provider.");
        }
        var algorithms =
                settings.algorithms().stream().map(name -> algorithm(name)).collect(Collectors.toUnmodifiableSet());
        var types = settings.tokenTypes().stream().map(JOSEObjectType::new).toArray(JOSEObjectType[]::new);
        var audience = settings.audience() == null ? addresses.fhir() : settings.audience();
        return new SupplierJwtDecoder(() -> {
            var decoder = NimbusJwtDecoder.withIssuerLocation(issuer)
                    .jwsAlgorithms(allowed -> allowed.addAll(algorithms))
                    .jwtProcessorCustomizer(
                            processor -> processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(types)))
                    .build();
            decoder.setJwtValidator(all(issuer, audience));
            return decoder;
        });
    }

    private static SignatureAlgorithm algorithm(String name) {
        var algorithm = SignatureAlgorithm.from(name);
        if (algorithm == null) {
            throw new RefusedToStart(
                    "referral.identity.algorithms names " + name + ", which is no signature with a public key.",
                    "Take some of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512.");
        }
        return algorithm;
    }

    @SafeVarargs
    private static OAuth2TokenValidator<Jwt> all(String issuer, String audience, OAuth2TokenValidator<Jwt>... more) {
        List<OAuth2TokenValidator<Jwt>> validators = Stream.concat(
                        Stream.of(
                                new JwtTimestampValidator(SKEW),
                                new JwtIssuerValidator(issuer),
                                that(jwt -> jwt.getExpiresAt() != null, "exp is missing"),
                                that(
                                        jwt -> jwt.getAudience() != null
                                                && jwt.getAudience().contains(audience),
                                        "the token is for somebody else (aud)"),
                                that(TokenDecoders::isForAccess, "this is no access token")),
                        Stream.of(more))
                .toList();
        return new DelegatingOAuth2TokenValidator<>(validators);
    }

    private static boolean isForAccess(Jwt jwt) {
        var type = jwt.getClaims().get("typ");
        return NOT_OF_ACCESS.stream().noneMatch(jwt::hasClaim)
                && (type == null || type.equals("Bearer") || type.equals("at+jwt"));
    }

    private static OAuth2TokenValidator<Jwt> keyNamed() {
        return that(jwt -> jwt.getHeaders().get("kid") != null, "the token does not name its key (kid)");
    }

    private static OAuth2TokenValidator<Jwt> lifeOfAtMost(Duration life, Clock clock) {
        return that(
                jwt -> jwt.getIssuedAt() != null
                        && jwt.getExpiresAt() != null
                        && !jwt.getExpiresAt().isAfter(jwt.getIssuedAt().plus(life))
                        && !jwt.getExpiresAt()
                                .isAfter(clock.instant().plus(life).plus(SKEW)),
                "the token lives too long");
    }

    private static OAuth2TokenValidator<Jwt> that(java.util.function.Predicate<Jwt> holds, String otherwise) {
        var failure =
                OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, otherwise, null));
        return jwt -> holds.test(jwt) ? OAuth2TokenValidatorResult.success() : failure;
    }
}
