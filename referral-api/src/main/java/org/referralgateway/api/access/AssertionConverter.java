package org.referralgateway.api.access;

import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.http.HttpServletRequest;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Takes the client's name out of its assertion. Spring's converter wants a parameter {@code client_id} beside it, which SMART
 * Backend Services does not send. The name is only who to ask for the key; the signature decides.
 */
final class AssertionConverter implements AuthenticationConverter {

    private static final String BY_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        if (!BY_ASSERTION.equals(single(request, "client_assertion_type"))) {
            throw refused(OAuth2ErrorCodes.INVALID_CLIENT, "client_assertion_type must be " + BY_ASSERTION + ".");
        }
        var assertion = single(request, "client_assertion");
        if (assertion == null) {
            throw refused(OAuth2ErrorCodes.INVALID_CLIENT, "client_assertion is missing, or there twice.");
        }
        var client = subject(assertion);
        var named = request.getParameter("client_id");
        if (client == null || client.isBlank() || (named != null && !named.equals(client))) {
            throw refused(OAuth2ErrorCodes.INVALID_CLIENT, "client_assertion is no JWT whose sub is the client id.");
        }
        return new OAuth2ClientAuthenticationToken(
                client, new ClientAuthenticationMethod(BY_ASSERTION), assertion, Map.of());
    }

    private static @Nullable String single(HttpServletRequest request, String name) {
        var values = request.getParameterValues(name);
        return values == null || values.length != 1 || values[0].isBlank() ? null : values[0];
    }

    private static @Nullable String subject(String assertion) {
        try {
            return SignedJWT.parse(assertion).getJWTClaimsSet().getSubject();
        } catch (ParseException | NullPointerException e) {
            return null; // Nimbus itself stumbles over a header that is the JSON null
        }
    }

    private static OAuth2AuthenticationException refused(String code, String description) {
        return new OAuth2AuthenticationException(new OAuth2Error(code, description, null));
    }
}
