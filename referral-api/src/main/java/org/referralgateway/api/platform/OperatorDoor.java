package org.referralgateway.api.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/** The port of health and metrics. Whether we live may be asked by anyone who reaches it; the rest by known addresses only. */
@Configuration(proxyBeanMethods = false)
class OperatorDoor {

    /** @param from addresses and networks from which metrics may be read, besides this machine's own */
    @ConfigurationProperties("referral.management")
    record ManagementSettings(
            @DefaultValue({"127.0.0.0/8", "::1/128"}) List<String> from) {}

    @Bean
    @Order(5)
    SecurityFilterChain managementDoor(HttpSecurity http, ManagementSettings settings) {
        var known = settings.from().stream().map(IpAddressMatcher::new).toList();
        http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(refused -> refused.authenticationEntryPoint((request, response, exception) ->
                        response.setStatus(jakarta.servlet.http.HttpServletResponse.SC_FORBIDDEN)))
                .authorizeHttpRequests(requests -> requests.requestMatchers(EndpointRequest.to(HealthEndpoint.class))
                        .permitAll()
                        .anyRequest()
                        .access((who, asked) -> new AuthorizationDecision(isKnown(asked.getRequest(), known))));
        return http.build();
    }

    private static boolean isKnown(HttpServletRequest request, List<IpAddressMatcher> known) {
        return known.stream().anyMatch(network -> network.matches(request));
    }
}
