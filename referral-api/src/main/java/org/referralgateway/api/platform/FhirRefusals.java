package org.referralgateway.api.platform;

import ca.uhn.fhir.context.FhirContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.referralgateway.mapper.IssueCode;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.Outcomes;
import org.springframework.stereotype.Component;

/** Answers a FHIR request with an OperationOutcome before the FHIR server gets to see it. */
@Component
public class FhirRefusals {

    /** Attribute of a request: how many bytes its body had, for whoever counts them. */
    public static final String BYTES_READ = FhirRefusals.class.getName() + ".bytes";

    /** Seconds after which a throttled caller may come back. */
    static final String RETRY_AFTER = "2";

    private final FhirContext fhir;

    FhirRefusals(FhirContext fhir) {
        this.fhir = fhir;
    }

    void refuse(
            HttpServletRequest request, HttpServletResponse response, int status, IssueCode code, String diagnostics)
            throws IOException {
        write(request, response, status, Outcomes.of(List.of(MappingIssue.error(code, "", diagnostics))));
    }

    /** What is not about the content: who calls, or how often. */
    public void refuse(
            HttpServletRequest request, HttpServletResponse response, int status, IssueType type, String diagnostics)
            throws IOException {
        var outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(OperationOutcome.IssueSeverity.ERROR)
                .setCode(type)
                .setDiagnostics(diagnostics);
        write(request, response, status, outcome);
    }

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
