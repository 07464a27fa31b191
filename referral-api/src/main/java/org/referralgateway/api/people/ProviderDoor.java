package org.referralgateway.api.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.referralgateway.api.access.AccessSettings;
import org.referralgateway.api.access.Addresses;
import org.referralgateway.api.audit.AuditTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The way in by an identity provider: authorization code with PKCE, state and nonce. Its tokens are looked at once and kept
 * nowhere: who has come in has a session of ours, as everybody has.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "referral.identity.mode", havingValue = "external")
class ProviderDoor {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderDoor.class);
    private static final String WITH = "/login/with";

    @Bean
    Provider provider(ProviderSettings settings, AccessSettings access, Addresses addresses) {
        return new Provider(settings, access, addresses);
    }

    @Bean
    PendingLogins pendingLogins(JdbcClient db, Sessions sessions, Clock clock) {
        return new PendingLogins(db, sessions, clock);
    }

    @Bean
    JwtDecoderFactory<ClientRegistration> idTokens(ProviderSettings settings) {
        var algorithm = SignatureAlgorithm.from(settings.algorithm());
        var factory = new OidcIdTokenDecoderFactory();
        factory.setJwsAlgorithmResolver(registration -> algorithm);
        return factory;
    }

    @Bean
    ProviderLogin providerLogin(
            Provider provider,
            PendingLogins pending,
            JdbcClient db,
            ProviderSettings settings,
            AuditTrail trail,
            Clock clock,
            Entrances entrances,
            TransactionTemplate transaction) {
        return new ProviderLogin(
                provider,
                settings.acrValues(),
                pending,
                new ProvidedAccounts(db, settings, trail, clock),
                entrances,
                transaction);
    }

    /** What {@link PageDoor} adds where there is a provider. */
    static final class ProviderLogin {

        private final Provider provider;
        private final List<String> acrValues;
        private final PendingLogins pending;
        private final ProvidedAccounts accounts;
        private final Entrances entrances;
        private final TransactionTemplate transaction;

        ProviderLogin(
                Provider provider,
                List<String> acrValues,
                PendingLogins pending,
                ProvidedAccounts accounts,
                Entrances entrances,
                TransactionTemplate transaction) {
            this.provider = provider;
            this.acrValues = acrValues;
            this.pending = pending;
            this.accounts = accounts;
            this.entrances = entrances;
            this.transaction = transaction;
        }

        void addTo(HttpSecurity http) {
            http.oauth2Login(this::configure);
        }

        private void configure(OAuth2LoginConfigurer<HttpSecurity> login) {
            var resolver = new DefaultOAuth2AuthorizationRequestResolver(provider, WITH);
            resolver.setAuthorizationRequestCustomizer(
                    OAuth2AuthorizationRequestCustomizers.withPkce().andThen(this::askForStrength));
            login.clientRegistrationRepository(provider)
                    .authorizedClientRepository(new NoTokensKept())
                    .loginPage("/login")
                    .authorizationEndpoint(there -> there.baseUri(WITH)
                            .authorizationRequestResolver(resolver)
                            .authorizationRequestRepository(pending))
                    .redirectionEndpoint(back -> back.baseUri("/login/from/*"))
                    .successHandler(this::enter)
                    .failureHandler(this::refuse);
        }

        private void askForStrength(OAuth2AuthorizationRequest.Builder request) {
            if (!acrValues.isEmpty()) {
                request.additionalParameters(more -> more.put("acr_values", String.join(" ", acrValues)));
            }
        }

        /** What the provider or its token was refused for is for operators; it holds a code, and nothing of the person. */
        private void refuse(HttpServletRequest request, HttpServletResponse response, AuthenticationException problem) {
            var code = problem instanceof OAuth2AuthenticationException known
                    ? known.getError().getErrorCode()
                    : problem.getClass().getSimpleName();
            LOG.warn("A login by the identity provider was refused: {}", code);
            LOG.debug("Why", problem);
            accounts.refused(code, LoginController.from(request));
            lead("/login?problem=provider", response);
        }

        private void enter(HttpServletRequest request, HttpServletResponse response, Authentication who)
                throws IOException {
            if (!(who.getPrincipal() instanceof OidcUser user)) {
                lead("/login?problem=provider", response);
                return;
            }
            boolean in = Boolean.TRUE.equals(transaction.execute(status -> {
                var account = accounts.admit(
                        Objects.requireNonNull(user.getIdToken().getIssuer()).toString(),
                        Objects.requireNonNull(user.getSubject()),
                        user.getIdToken().getClaimAsString("acr"),
                        user.getClaims(),
                        LoginController.from(request));
                account.ifPresent(each -> entrances.enter(each, request, response));
                return account.isPresent();
            }));
            lead(in ? PendingLogins.back(request) : "/login?problem=provider", response);
        }

        private static void lead(String to, HttpServletResponse response) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader(HttpHeaders.LOCATION, to);
        }
    }

    /** We call nothing in the name of a person, so their access tokens are not ours to keep. */
    private static final class NoTokensKept implements OAuth2AuthorizedClientRepository {

        @Override
        @org.jspecify.annotations.NullUnmarked
        public <T extends OAuth2AuthorizedClient> T loadAuthorizedClient(
                String registration, Authentication who, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication who,
                HttpServletRequest request,
                HttpServletResponse response) {}

        @Override
        public void removeAuthorizedClient(
                String registration, Authentication who, HttpServletRequest request, HttpServletResponse response) {}
    }
}
