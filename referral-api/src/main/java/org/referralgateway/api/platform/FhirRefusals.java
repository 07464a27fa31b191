package org.referralgateway.api.platform;

import ca.uhn.fhir.context.FhirContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.audit.Who;
import org.referralgateway.mapper.IssueCode;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.Outcomes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Answers a FHIR request with an OperationOutcome before the FHIR server gets to see it. */
@Component
public class FhirRefusals {

    /** Attribute of a request: how many bytes its body had, for whoever counts them. */
    public static final String BYTES_READ = FhirRefusals.class.getName() + ".bytes";

    private static final Logger LOG = LoggerFactory.getLogger(FhirRefusals.class);

    /** Seconds after which a throttled caller may come back. */
    static final String RETRY_AFTER = "2";

    private final FhirContext fhir;
    private final AuditTrail trail;
    private final Identity identity;
    private final Clock clock;
    private final RefusalTally tally;

    FhirRefusals(FhirContext fhir, AuditTrail trail, Identity identity, Clock clock, RefusalTally tally) {
        this.tally = tally;
        this.fhir = fhir;
        this.trail = trail;
        this.identity = identity;
        this.clock = clock;
    }

    void refuse(
            HttpServletRequest request, HttpServletResponse response, int status, IssueCode code, String diagnostics)
            throws IOException {
        recorded(request, status, code);
        write(request, response, status, Outcomes.of(List.of(MappingIssue.error(code, "", diagnostics))));
    }

    private void recorded(HttpServletRequest request, int status, IssueCode code) {
        var sender = identity.senderIfAny().orElse(AuditTrail.HOUSE);
        try {
            trail.append(new AuditEntry(
                    sender,
                    clock.instant(),
                    sender.isEmpty() ? Who.of("anonymous") : Who.sender(sender),
                    "fhir." + request.getMethod().toLowerCase(Locale.ROOT),
                    "refused",
                    null,
                    null,
                    RequestIds.of(request),
                    Map.of("status", status, "issues", List.of(code.wireName()))));
        } catch (DataAccessException e) {
            LOG.warn("A refusal could not be recorded.");
        }
    }

    /** What is not about the content: who calls, or how often. */
    public void refuse(
            HttpServletRequest request, HttpServletResponse response, int status, IssueType type, String diagnostics)
            throws IOException {
        if (RefusalTally.counts(status)) {
            tally.add(status);
        }
        var outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(OperationOutcome.IssueSeverity.ERROR)
                .setCode(type)
                .setDiagnostics(diagnostics);
        write(request, response, status, outcome);
    }

    /** Counted, and on the trail by and by. */
    void throttled(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Retry-After", RETRY_AFTER);
        refuse(
                request,
                response,
                429,
                IssueType.THROTTLED,
                "Too many requests at once. Send it again after the time in Retry-After.");
    }

    private void write(HttpServletRequest request, HttpServletResponse response, int status, OperationOutcome outcome)
            throws IOException {
        var asked = String.valueOf(request.getHeader("Accept"));
        boolean isXml = asked.contains("xml") && !asked.contains("json");
        var parser = isXml ? fhir.newXmlParser() : fhir.newJsonParser();
        response.setStatus(status);
        response.setContentType("application/fhir+" + (isXml ? "xml" : "json") + ";charset=UTF-8");
        response.getOutputStream().write(parser.encodeResourceToString(outcome).getBytes(StandardCharsets.UTF_8));
    }
}
