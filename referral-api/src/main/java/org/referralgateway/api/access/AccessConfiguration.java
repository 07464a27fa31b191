package org.referralgateway.api.access;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.referralgateway.api.access.SmartConfiguration.Issuer;
import org.referralgateway.api.platform.FhirRefusals;
import org.referralgateway.api.platform.RefusedToStart;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.json.JsonMapper;

/**
 * The door for senders: the FHIR API, by token only. The door for people is {@code PageDoor}, by session only. Neither opens
 * with the other's key.
 */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    AccessConfiguration(AccessSettings settings) {
        if (settings.mode() == null) {
            throw new RefusedToStart(
                    "No identity configuration: anybody who reaches this service could read patients' data.",
                    "Set referral.identity.mode=local (the gateway issues its own tokens) or external (a provider of yours"
                            + " does), and what belongs to it: see deploy/docs/access.md.");
        }
    }

    @Bean
    @ConditionalOnProperty(name = "referral.identity.mode", havingValue = "external")
    JwtDecoder accessTokensOfTheProvider(AccessSettings settings, Addresses addresses) {
        return TokenDecoders.external(settings, addresses);
    }

    @Bean
    TokenCheck tokenCheck(JwtDecoder accessTokens, SenderClients clients, Clock clock) {
        return new TokenCheck(accessTokens, clients, clock);
    }

    @Bean
    @Order(10)
    SecurityFilterChain apiDoor(HttpSecurity http, TokenCheck tokens, ApiAnswers answers, LimitsOfSenders limits) {
        http.securityMatcher("/fhir/**", SmartConfiguration.PATH);
        withoutBrowserParts(http);
        http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .anonymous(AbstractHttpConfigurer::disable)
                .oauth2ResourceServer(api -> api.authenticationManagerResolver(request -> tokens::authenticate)
                        .authenticationEntryPoint(answers))
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(answers).accessDeniedHandler(answers))
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                SmartConfiguration.PATH,
                                "/fhir" + SmartConfiguration.PATH,
                                "/fhir/metadata",
                                "/fhir/OperationDefinition/*")
                        .permitAll()
                        .anyRequest()
                        .authenticated());
        http.addFilterAfter(limits.filter(), BearerTokenAuthenticationFilter.class);
        return http.build();
    }

    /** None for each filter of each door: they cost more than the doors. What counts is counted where it happens. */
    @Bean
    SecurityObservationSettings noObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** In a wrapping: a filter that is a bean itself would run for every address, in front of the door. */
    @Bean
    LimitsOfSenders limitsOfSenders(LimitSettings settings, FhirRefusals refusals, MeterRegistry meters) {
        return new LimitsOfSenders(new SenderLimits(settings, refusals, meters));
    }

    record LimitsOfSenders(SenderLimits filter) {}

    /** Around the pool, whoever asks for the data source. */
    @Bean
    static BeanPostProcessor connectionsByCaller(
            ObjectProvider<LimitSettings> settings, ObjectProvider<MeterRegistry> meters) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (!(bean instanceof HikariDataSource pool && name.equals("dataSource"))) {
                    return bean;
                }
                var changes = Counter.builder("referral.database.scope.changes")
                        .description("Connections that were told of another tenant or scope; each costs a round trip")
                        .register(meters.getObject());
                return ReservedConnections.of(pool, new ScopedConnections(pool, changes), settings.getObject());
            }
        };
    }

    private static void withoutBrowserParts(HttpSecurity http) {
        http.csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable);
    }

    @Bean
    ServletRegistrationBean<SmartConfiguration> smartConfiguration(
            AccessSettings settings, Addresses addresses, JsonMapper json) {
        var provider = new ProviderMetadata(settings);
        var servlet = new SmartConfiguration(
                () -> settings.mode() == IdentityMode.LOCAL
                        ? new Issuer(addresses.base(), addresses.tokenEndpoint(), addresses.keys())
                        : provider.issuer(),
                json);
        var registration =
                new ServletRegistrationBean<>(servlet, SmartConfiguration.PATH, "/fhir" + SmartConfiguration.PATH);
        registration.setName("smartConfiguration");
        return registration;
    }
}
