package org.referralgateway.api.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.platform.FhirRefusals;
import org.referralgateway.api.platform.RequestIds;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** Turns away, in FHIR's words, whoever wants to read the trail and is no auditor. */
@Component
class TrailAnswers implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final FhirRefusals refusals;
    private final AuditTrail trail;
    private final Clock clock;

    TrailAnswers(FhirRefusals refusals, AuditTrail trail, Clock clock) {
        this.refusals = refusals;
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        refuse(request, response, 401, IssueType.LOGIN, "The trail is for auditors who have logged in at /login.");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
            throws IOException {
        refuse(request, response, 403, IssueType.FORBIDDEN, "The trail is for auditors, to be read.");
    }

    private void refuse(
            HttpServletRequest request, HttpServletResponse response, int status, IssueType type, String diagnostics)
            throws IOException {
        trail.append(new AuditEntry(
                AuditTrail.HOUSE,
                clock.instant(),
                SessionFilter.account().map(Account::actor).orElse("anonymous"),
                "access.denied",
                "refused",
                null,
                null,
                RequestIds.of(request),
                Map.of("operation", "AuditEvent", "status", status)));
        refusals.refuse(request, response, status, type, diagnostics);
    }
}
