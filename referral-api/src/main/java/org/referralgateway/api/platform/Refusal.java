package org.referralgateway.api.platform;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.Comparator;
import java.util.List;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.Outcomes;

/** Ends a FHIR request with a status and an OperationOutcome of ours. HAPI wants an exception for that. */
public final class Refusal extends BaseServerResponseException {

    private static final long serialVersionUID = 1L;

    private final transient List<MappingIssue> issues;

    private Refusal(int status, List<MappingIssue> issues) {
        super(status, "Refused", Outcomes.of(gravestFirst(issues)));
        this.issues = List.copyOf(issues);
    }

    private static List<MappingIssue> gravestFirst(List<MappingIssue> issues) {
        return issues.stream()
                .sorted(Comparator.comparing(MappingIssue::severity))
                .toList();
    }

    /** With the status that the gravest of the issues asks for. */
    public static Refusal of(List<MappingIssue> issues) {
        return new Refusal(Outcomes.refusalStatus(issues), issues);
    }

    public static Refusal of(int status, MappingIssue issue) {
        return new Refusal(status, List.of(issue));
    }

    List<MappingIssue> issues() {
        return issues;
    }

    /** An expected answer, not a fault: the stack trace would only cost. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
