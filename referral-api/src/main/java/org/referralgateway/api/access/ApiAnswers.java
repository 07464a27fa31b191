package org.referralgateway.api.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.referralgateway.api.platform.FhirRefusals;
import org.referralgateway.api.platform.RequestIds;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** Turns away, at the API's door, whoever has no valid token: an OperationOutcome, and where a token is to be had. */
@Component
class ApiAnswers implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final FhirRefusals refusals;
    private final AccessTrail trail;

    ApiAnswers(FhirRefusals refusals, AccessTrail trail) {
        this.refusals = refusals;
        this.trail = trail;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (failure instanceof KeysAway) {
            response.setHeader("Retry-After", "5");
            refusals.refuse(
                    request,
                    response,
                    503,
                    IssueType.TRANSIENT,
                    "Tokens cannot be checked now. Send it again after Retry-After.");
            return;
        }
        boolean hasToken = request.getHeader("Authorization") != null;
        var reason = failure instanceof InvalidBearerTokenException
                ? "invalid_token"
                : hasToken ? "no_bearer_token" : "no_token";
        trail.refused("", "fhir.unauthenticated", 401, reason, RequestIds.of(request));
        response.setHeader("WWW-Authenticate", hasToken ? "Bearer error=\"invalid_token\"" : "Bearer");
        refusals.refuse(
                request,
                response,
                401,
                IssueType.LOGIN,
                (hasToken ? "The token is not valid, or no longer. " : "A bearer token is needed. ")
                        + "/fhir/.well-known/smart-configuration says where to get one.");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
            throws IOException {
        trail.refused("", "fhir.forbidden", 403, "no_rule", RequestIds.of(request));
        refusals.refuse(request, response, 403, IssueType.FORBIDDEN, "This is not allowed.");
    }
}
