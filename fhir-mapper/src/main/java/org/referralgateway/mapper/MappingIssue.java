package org.referralgateway.mapper;

import org.referralgateway.events.Severity;

/**
 * Something the sender should know: what, where and what to do. Never holds a value of the payload.
 *
 * @param expression FHIRPath of the element, for example {@code Bundle.entry[2].resource.subject}
 * @param diagnostics one or two sentences: what is wrong and what to do
 */
public record MappingIssue(Severity severity, IssueCode code, String expression, String diagnostics) {

    public static MappingIssue error(IssueCode code, String expression, String diagnostics) {
        return new MappingIssue(Severity.ERROR, code, expression, diagnostics);
    }

    public static MappingIssue warning(IssueCode code, String expression, String diagnostics) {
        return new MappingIssue(Severity.WARNING, code, expression, diagnostics);
    }

    public static MappingIssue information(IssueCode code, String expression, String diagnostics) {
        return new MappingIssue(Severity.INFORMATION, code, expression, diagnostics);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
