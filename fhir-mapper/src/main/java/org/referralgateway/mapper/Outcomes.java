package org.referralgateway.mapper;

import java.util.Comparator;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;

/** The way back: our issues as FHIR's OperationOutcome. */
public final class Outcomes {

    /** Code system of {@code OperationOutcome.issue.details}. */
    public static final String ISSUE_CODES = "urn:referral-gateway:issue-code";

    private Outcomes() {}

    /** One issue of the outcome for each of ours; "all is well" where there is none. */
    public static OperationOutcome of(List<MappingIssue> issues) {
        var outcome = new OperationOutcome();
        for (var issue : issues) {
            var component = outcome.addIssue()
                    .setSeverity(
                            switch (issue.severity()) {
                                case ERROR -> IssueSeverity.ERROR;
                                case WARNING -> IssueSeverity.WARNING;
                                case INFORMATION -> IssueSeverity.INFORMATION;
                            })
                    .setCode(issue.code().fhirType())
                    .setDiagnostics(issue.diagnostics());
            component
                    .getDetails()
                    .addCoding()
                    .setSystem(ISSUE_CODES)
                    .setCode(issue.code().wireName());
            if (!issue.expression().isEmpty()) {
                component.addExpression(issue.expression());
            }
        }
        if (issues.isEmpty()) {
            outcome.addIssue()
                    .setSeverity(IssueSeverity.INFORMATION)
                    .setCode(OperationOutcome.IssueType.INFORMATIONAL)
                    .setDiagnostics("All OK.");
        }
        return outcome;
    }

    /** The HTTP status with which these issues refuse a request; 200 where none of them is an error. */
    public static int refusalStatus(List<MappingIssue> issues) {
        return issues.stream()
                .filter(MappingIssue::isError)
                .map(issue -> issue.code().refusal())
                .max(Comparator.naturalOrder())
                .map(IssueCode.Refusal::httpStatus)
                .orElse(200);
    }
}
