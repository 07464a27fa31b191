package org.referralgateway.api.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.referralgateway.api.platform.RequestIds;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AccessTokenResponseAuthenticationSuccessHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers of the token endpoint, each with its row in the trail. */
@Component
@ConditionalOnProperty(name = "referral.identity.mode", havingValue = "local")
class TokenAnswers {

    private final AccessTrail trail;
    private final SenderClients clients;
    private final JsonMapper json;
    private final OAuth2AccessTokenResponseAuthenticationSuccessHandler success =
            new OAuth2AccessTokenResponseAuthenticationSuccessHandler();

    TokenAnswers(AccessTrail trail, SenderClients clients, JsonMapper json) {
        this.trail = trail;
        this.clients = clients;
        this.json = json;
    }

    void issued(HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException, ServletException {
        if (authentication instanceof OAuth2AccessTokenAuthenticationToken token) {
            var scopes = String.join(" ", token.getAccessToken().getScopes());
            clients.active(token.getRegisteredClient().getClientId())
                    .ifPresent(client -> trail.issued(client, scopes, RequestIds.of(request)));
        }
        response.setHeader("Cache-Control", "no-store");
        success.onAuthenticationSuccess(request, response, authentication);
    }

    /** As RFC 6749 wants it. The description is one of our own sentences or none: it never repeats what was sent. */
    void refused(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        var error = failure instanceof OAuth2AuthenticationException known
                ? known.getError()
                : new OAuth2Error(OAuth2ErrorCodes.INVALID_CLIENT);
        boolean isClient = error.getErrorCode().equals(OAuth2ErrorCodes.INVALID_CLIENT);
        int status = isClient ? HttpServletResponse.SC_UNAUTHORIZED : HttpServletResponse.SC_BAD_REQUEST;
        trail.refused("", "token.refused", status, error.getErrorCode(), RequestIds.of(request));
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json;charset=UTF-8");
        var body = json.createObjectNode().put("error", error.getErrorCode());
        var why = why(failure);
        if (why != null) {
            body.put("error_description", why);
        }
        json.writeValue(response.getOutputStream(), body);
    }

    /** Why an assertion was not taken is worth an hour of its engineer's time, and says nothing that she did not send. */
    private static @org.jspecify.annotations.Nullable String why(AuthenticationException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof AssertionRefused refused) {
                return refused.getMessage();
            }
        }
        return failure instanceof OAuth2AuthenticationException known && known.getCause() == null
                ? known.getError().getDescription()
                : "The client assertion is not valid: key, signature or client id. See /fhir/.well-known/smart-configuration.";
    }
}
