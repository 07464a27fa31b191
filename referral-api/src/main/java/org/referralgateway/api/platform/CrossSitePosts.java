package org.referralgateway.api.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.audit.Who;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses clicks that another site makes a visitor's browser send. Browsers say where a request comes from in
 * {@code Sec-Fetch-Site}, and where they do not (plain HTTP on a name other than localhost) in {@code Origin}. Programs
 * that are no browser send neither and are let through: nobody can be tricked into running them.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class CrossSitePosts extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(CrossSitePosts.class);
    private static final Set<String> OURS = Set.of("same-origin", "none");

    private final AuditTrail trail;
    private final Clock clock;

    CrossSitePosts(AuditTrail trail, Clock clock) {
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !Pages.contain(request) || !Pages.changesSomething(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isOurs(request)) {
            chain.doFilter(request, response);
        } else {
            recorded(request);
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    /** Before the door: who the browser belongs to is not known yet, and which site it was is not said, it may be anything. */
    private void recorded(HttpServletRequest request) {
        try {
            trail.append(new AuditEntry(
                    AuditTrail.HOUSE,
                    clock.instant(),
                    Who.of("anonymous"),
                    "page." + request.getMethod().toLowerCase(Locale.ROOT),
                    "refused",
                    null,
                    null,
                    RequestIds.of(request),
                    Map.of("status", HttpServletResponse.SC_FORBIDDEN, "why", "cross-site")));
        } catch (DataAccessException e) {
            LOG.warn("A refusal could not be recorded.");
        }
    }

    private static boolean isOurs(HttpServletRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return OURS.contains(site);
        }
        var origin = request.getHeader("Origin");
        return origin == null || authority(origin).equals(request.getHeader("Host"));
    }

    private static String authority(String origin) {
        try {
            @Nullable String authority = URI.create(origin).getRawAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
