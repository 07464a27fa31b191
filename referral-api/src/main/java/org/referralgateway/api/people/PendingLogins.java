package org.referralgateway.api.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.platform.LocalPath;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/**
 * Who has been sent to the identity provider. Whoever comes back must be the same browser, with the state that was given to
 * it, within ten minutes, and once.
 */
class PendingLogins implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String BACK = PendingLogins.class.getName() + ".back";

    private final JdbcClient db;
    private final Sessions sessions;
    private final Clock clock;

    PendingLogins(JdbcClient db, Sessions sessions, Clock clock) {
        this.db = db;
        this.sessions = sessions;
        this.clock = clock;
    }

    private record Pending(String redirectUri, String nonce, String codeVerifier, String back) {}

    /** Where whoever has just come back wanted to go. */
    static String back(HttpServletRequest request) {
        return request.getAttribute(BACK) instanceof String back ? back : "/";
    }

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest asked, HttpServletRequest request, HttpServletResponse response) {
        if (asked == null) {
            return;
        }
        var visit = DoorCookie.VISIT.in(request).orElseGet(sessions::token);
        DoorCookie.VISIT.set(visit, request, response);
        db.sql("""
                        insert into pending_login (state_hash, visit_hash, redirect_uri, nonce, code_verifier, back, begun_at)
                        values (:state, :visit, :redirectUri, :nonce, :verifier, :back, :now)
                        """)
                .param("state", Sessions.hash(Objects.requireNonNull(asked.getState())))
                .param("visit", Sessions.hash(visit))
                .param("redirectUri", asked.getRedirectUri())
                .param("nonce", String.valueOf(asked.<String>getAttribute(OidcParameterNames.NONCE)))
                .param("verifier", String.valueOf(asked.<String>getAttribute(PkceParameterNames.CODE_VERIFIER)))
                .param("back", LocalPath.or("/", request.getParameter("back")))
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /** Not without taking it away: nothing is asked for twice. */
    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        return null;
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        var state = request.getParameter("state");
        var visit = DoorCookie.VISIT.in(request);
        if (state == null || visit.isEmpty()) {
            return null;
        }
        var taken = take(state, visit.get());
        taken.ifPresent(pending -> request.setAttribute(BACK, pending.back()));
        return taken.map(pending -> again(pending, state)).orElse(null);
    }

    private Optional<Pending> take(String state, String visit) {
        return db.sql("""
                        delete from pending_login where state_hash = :state and visit_hash = :visit and begun_at > :earliest
                        returning redirect_uri, nonce, code_verifier, back
                        """)
                .param("state", Sessions.hash(state))
                .param("visit", Sessions.hash(visit))
                .param("earliest", Timestamp.from(clock.instant().minus(PATIENCE)))
                .query((row, number) -> new Pending(
                        row.getString("redirect_uri"),
                        row.getString("nonce"),
                        row.getString("code_verifier"),
                        row.getString("back")))
                .optional();
    }

    /** As much of the request as the way back needs. */
    private static OAuth2AuthorizationRequest again(Pending pending, String state) {
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri("urn:answered")
                .clientId(Provider.ID)
                .redirectUri(pending.redirectUri())
                .scope(OidcScopes.OPENID)
                .state(state)
                .attributes(attributes -> {
                    attributes.put("registration_id", Provider.ID);
                    attributes.put(OidcParameterNames.NONCE, pending.nonce());
                    attributes.put(PkceParameterNames.CODE_VERIFIER, pending.codeVerifier());
                })
                .build();
    }

    @Scheduled(fixedDelayString = "PT10M")
    void sweep() {
        db.sql("delete from pending_login where begun_at < :earliest")
                .param("earliest", Timestamp.from(clock.instant().minus(PATIENCE)))
                .update();
    }
}
