package org.referralgateway.api.access;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import org.hl7.fhir.r4.model.OperationOutcome;

/** Ends a FHIR request of somebody who may not: 403, with what would be needed. */
public final class AccessRefused extends BaseServerResponseException {

    private static final long serialVersionUID = 1L;

    AccessRefused(String expression, String diagnostics, String needed) {
        super(403, "Forbidden", outcome(expression, diagnostics));
        addResponseHeader(
                "WWW-Authenticate",
                needed.isEmpty()
                        ? "Bearer error=\"insufficient_scope\""
                        : "Bearer error=\"insufficient_scope\", scope=\"" + needed + "\"");
    }

    private static OperationOutcome outcome(String expression, String diagnostics) {
        var outcome = new OperationOutcome();
        var issue = outcome.addIssue()
                .setSeverity(OperationOutcome.IssueSeverity.ERROR)
                .setCode(OperationOutcome.IssueType.FORBIDDEN)
                .setDiagnostics(diagnostics);
        if (!expression.isEmpty()) {
            issue.addExpression(expression);
        }
        return outcome;
    }

    /** An expected answer, not a fault: the stack trace would only cost. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
