package org.referralgateway.api.access;

import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.referralgateway.api.platform.RefusedToStart;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ClientCredentialsAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Our own authorization server, in mode {@code local}: SMART Backend Services and nothing else. Of what Spring's can do, the
 * token endpoint for client credentials with a signed assertion is switched on, and the endpoint with our public keys.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "referral.identity.mode", havingValue = "local")
class TokenDoor {

    @Bean
    SigningKeys signingKeys(AccessSettings settings) {
        var file = settings.keys();
        if (file == null) {
            throw new RefusedToStart(
                    "referral.identity.mode is local, but there is no file for the keys that sign tokens.",
                    "Set referral.identity.keys to a file that only the service may read; it is made where it is not there.");
        }
        return SigningKeys.in(file);
    }

    @Bean
    JWKSource<SecurityContext> jwkSource(SigningKeys keys) {
        return new ImmutableJWKSet<>(keys.all());
    }

    @Bean
    JwtDecoder accessTokens(SigningKeys keys, Addresses addresses, Clock clock) {
        return TokenDecoders.local(keys, addresses, clock);
    }

    @Bean
    RegisteredClientRepository registeredSenders(SenderClients clients) {
        return new RegisteredSenders(clients);
    }

    @Bean
    OAuth2AuthorizationService nothingKept() {
        return new NothingKept();
    }

    @Bean
    AuthorizationServerSettings authorizationServerSettings(Addresses addresses) {
        return AuthorizationServerSettings.builder()
                .issuer(addresses.base())
                .tokenEndpoint(Addresses.TOKEN_PATH)
                .jwkSetEndpoint(Addresses.KEYS_PATH)
                .build();
    }

    @Bean
    OAuth2TokenGenerator<?> tokenGenerator(
            SigningKeys keys, JWKSource<SecurityContext> source, Addresses addresses, Clock clock) {
        var encoder = new NimbusJwtEncoder(source);
        encoder.setJwkSelector(candidates -> keys.current());
        var generator = new JwtGenerator((JwtEncoder) encoder);
        generator.setJwtCustomizer(asAccessToken(addresses));
        generator.setClock(clock);
        return generator;
    }

    /** As RFC 9068 wants it: typed, for the FHIR base, with the client named; and bound to the certificate if there is one. */
    private static OAuth2TokenCustomizer<JwtEncodingContext> asAccessToken(Addresses addresses) {
        return context -> {
            var client = context.getRegisteredClient().getClientId();
            context.getJwsHeader().algorithm(SignatureAlgorithm.ES384).type(TokenDecoders.ACCESS_TOKEN.getType());
            context.getClaims()
                    .audience(List.of(addresses.fhir()))
                    .claim("client_id", client)
                    .claim("scope", String.join(" ", context.getAuthorizedScopes()));
            var certificate = Certificates.ofThisConnection();
            if (certificate != null) {
                context.getClaims().claim("cnf", Map.of("x5t#S256", certificate));
            }
        };
    }

    @Bean
    @Order(5)
    SecurityFilterChain doorOfTheTokenEndpoint(
            HttpSecurity http,
            RegisteredClientRepository registered,
            OAuth2AuthorizationService kept,
            SenderClients clients,
            KeyFetch fetch,
            Addresses addresses,
            UsedAssertions used,
            Clock clock,
            TokenAnswers answers) {
        var byAssertion = new JwtClientAssertionAuthenticationProvider(registered, kept);
        byAssertion.setJwtDecoderFactory(client -> clients.active(client.getClientId())
                .map(known -> (JwtDecoder) new AssertionDecoder(known, fetch, addresses, used, clock))
                .orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT)));

        http.securityMatcher(Addresses.TOKEN_PATH, Addresses.KEYS_PATH)
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .oauth2AuthorizationServer(server -> server.clientAuthentication(
                                client -> client.authenticationConverters(converters -> {
                                            converters.clear();
                                            converters.add(new AssertionConverter());
                                        })
                                        .authenticationProviders(providers -> {
                                            providers.clear();
                                            providers.add(byAssertion);
                                        })
                                        .errorResponseHandler(answers::refused))
                        .tokenEndpoint(token -> token.accessTokenRequestConverters(
                                        converters -> converters.removeIf(converter ->
                                                !(converter instanceof OAuth2ClientCredentialsAuthenticationConverter)))
                                .authenticationProviders(providers -> providers.forEach(provider -> {
                                    if (provider instanceof OAuth2ClientCredentialsAuthenticationProvider credentials) {
                                        credentials.setAuthenticationValidator(TokenDoor::requireScopes);
                                    }
                                }))
                                .accessTokenResponseHandler(answers::issued)
                                .errorResponseHandler(answers::refused)))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated());
        return http.build();
    }

    /** Each scope that is asked for must lie within those registered; a part of them is enough to ask for. */
    private static void requireScopes(OAuth2ClientCredentialsAuthenticationContext context) {
        OAuth2ClientCredentialsAuthenticationToken request = context.getAuthentication();
        Set<String> asked = request.getScopes();
        var registered = Scopes.of(context.getRegisteredClient().getScopes());
        boolean granted = !asked.isEmpty()
                && asked.stream()
                        .allMatch(text -> Scope.of(text)
                                .filter(scope -> scope.type().equals("*")
                                        ? registered.all().stream().anyMatch(one -> one.covers(scope))
                                        : registered.cover(scope))
                                .isPresent());
        if (!granted) {
            throw new OAuth2AuthenticationException(new OAuth2Error(
                    OAuth2ErrorCodes.INVALID_SCOPE,
                    "Ask for scopes that this client is registered for, such as system/ServiceRequest.cru, letters in the"
                            + " order c r u d s.",
                    null));
        }
    }
}
