package org.referralgateway.api.access;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/** Two doors: the FHIR API for senders, by token only; and the pages for people, by session. Neither opens with the other's key. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    @Order(10)
    SecurityFilterChain apiDoor(HttpSecurity http, AccessSettings settings) {
        http.securityMatcher("/fhir/**");
        withoutBrowserParts(http);
        http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
        http.addFilterBefore(new DemoSender(settings.demoSender()), AuthorizationFilter.class);
        return http.build();
    }

    @Bean
    @Order(20)
    SecurityFilterChain pageDoor(HttpSecurity http) {
        withoutBrowserParts(http);
        http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
        http.anonymous(Customizer.withDefaults());
        return http.build();
    }

    private static void withoutBrowserParts(HttpSecurity http) {
        http.csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable);
    }
}
