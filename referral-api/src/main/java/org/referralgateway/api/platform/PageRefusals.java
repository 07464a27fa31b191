package org.referralgateway.api.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.referralgateway.api.access.Caller.PersonCaller;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.audit.Who;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A row on the trail for each page that was refused behind the door; at the door it is {@code Denials} that writes it. Says
 * neither the address nor what was sent: both may name somebody.
 */
@Component
@Order(0) // behind the door, which says who it is and records by itself whom it turns away
class PageRefusals extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(PageRefusals.class);
    private static final Set<Integer> REFUSED = Set.of(400, 404, 405, 410);

    private final AuditTrail trail;
    private final Identity identity;
    private final Clock clock;

    PageRefusals(AuditTrail trail, Identity identity, Clock clock) {
        this.trail = trail;
        this.identity = identity;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !Pages.contain(request) || Pages.isAsset(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (!REFUSED.contains(response.getStatus())) {
            return;
        }
        try {
            trail.append(new AuditEntry(
                    AuditTrail.HOUSE,
                    clock.instant(),
                    identity.caller().orElse(null) instanceof PersonCaller person
                            ? Who.person(person.name())
                            : Who.of("anonymous"),
                    "page." + request.getMethod().toLowerCase(Locale.ROOT),
                    "refused",
                    null,
                    null,
                    RequestIds.of(request),
                    Map.of("status", response.getStatus())));
        } catch (DataAccessException e) {
            LOG.warn("A refusal could not be recorded.");
        }
    }
}
