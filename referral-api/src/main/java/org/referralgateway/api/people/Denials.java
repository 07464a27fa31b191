package org.referralgateway.api.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.referralgateway.api.access.Routes;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.platform.LocalPath;
import org.referralgateway.api.platform.RequestIds;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/** Answers those who are not let in: strangers are shown the login, others are told, and it is on the trail. */
@Component
class Denials implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final AuditTrail trail;
    private final Clock clock;

    Denials(AuditTrail trail, Clock clock) {
        this.trail = trail;
        this.clock = clock;
    }

    /** Nobody is logged in, or not any more. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        lead("/login?back=" + URLEncoder.encode(back(request), StandardCharsets.UTF_8), request, response);
    }

    /** Somebody is, and may not. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException exception)
            throws IOException {
        var account = SessionFilter.account();
        var rule = Routes.of(request);
        if (account.isEmpty() && exception instanceof CsrfException && isLogin(request)) {
            // The form was older than the browser's memory of us, or the browser keeps no cookies.
            lead("/login?problem=stale", request, response);
        } else if (account.isPresent() && account.get().mustChange() && !(exception instanceof CsrfException)) {
            lead("/account", request, response);
        } else if (rule.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            trail.append(new AuditEntry(
                    AuditTrail.HOUSE,
                    clock.instant(),
                    account.map(Account::actor).orElse("anonymous"),
                    "access.denied",
                    "refused",
                    null,
                    null,
                    RequestIds.of(request),
                    Map.of(
                            "operation",
                            rule.get().operation().toString(),
                            "why",
                            exception instanceof CsrfException ? "form-token" : "role")));
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private static boolean isLogin(HttpServletRequest request) {
        return request.getRequestURI().equals(request.getContextPath() + "/login");
    }

    /** htmx would put the login page into the middle of the page that the visitor sees, so it is told to go there. */
    private static void lead(String to, HttpServletRequest request, HttpServletResponse response) {
        if ("true".equals(request.getHeader("HX-Request"))) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setHeader("HX-Redirect", to);
        } else {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader(HttpHeaders.LOCATION, to);
        }
    }

    /** Where the visitor wanted to go, or was when they clicked. */
    private static String back(HttpServletRequest request) {
        if (HttpMethod.GET.matches(request.getMethod()) && request.getHeader("HX-Request") == null) {
            var query = request.getQueryString();
            return LocalPath.or("/", query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query);
        }
        return LocalPath.or("/", request.getParameter("back"));
    }
}
