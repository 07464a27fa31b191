package org.referralgateway.api.people;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.Caller;
import org.referralgateway.api.access.CallerAuthentication;
import org.referralgateway.api.access.Routes;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.csrf.CsrfFilter;

/** The door for people: pages, by session. What somebody may open stands in the policy table and nowhere else. */
@Configuration(proxyBeanMethods = false)
class PageDoor {

    /** The one part of the FHIR API that is the people's: the auditors read the trail there, by session and without clicks. */
    @Bean
    @Order(5)
    SecurityFilterChain doorOfTheTrail(HttpSecurity http, Sessions sessions, TrailAnswers answers) {
        http.securityMatcher("/fhir/AuditEvent", "/fhir/AuditEvent/**")
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // Nothing can be changed there; a search may come as a POST, so that it is in no address.
                .csrf(AbstractHttpConfigurer::disable)
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(answers).accessDeniedHandler(answers))
                .addFilterBefore(new SessionFilter(sessions), AnonymousAuthenticationFilter.class)
                // Which role it takes, FhirGuard looks up in the policy.
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated());
        return http.build();
    }

    @Bean
    @Order(20)
    SecurityFilterChain doorOfThePages(
            HttpSecurity http,
            Sessions sessions,
            FormTokens tokens,
            Denials denials,
            ObjectProvider<ProviderDoor.ProviderLogin> provider) {
        http.formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                // Ours are rows of the database; the servlet container keeps none.
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // Witnesses are programs without a session; what they send is judged by its signature.
                .csrf(csrf -> csrf.csrfTokenRepository(tokens).ignoringRequestMatchers("/audit/cosignatures"))
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(denials).accessDeniedHandler(denials))
                .addFilterBefore(new SessionFilter(sessions), CsrfFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest()
                        .access((who, asked) -> new AuthorizationDecision(allows(who.get(), asked.getRequest()))));
        provider.ifAvailable(login -> login.addTo(http));
        return http.build();
    }

    private static boolean allows(@Nullable Authentication who, HttpServletRequest request) {
        Caller caller = who instanceof CallerAuthentication known ? known.caller() : null;
        return Routes.allow(caller, request);
    }
}
