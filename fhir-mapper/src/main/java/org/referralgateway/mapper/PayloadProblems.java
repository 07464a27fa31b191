package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Collects what is wrong with a payload, and knows whether the resource being read is one whose faults refuse. */
final class PayloadProblems {

    /** What must be right for the referral itself to be understood. */
    private static final Set<String> REFUSED_WHEN_FAULTY =
            Set.of("ServiceRequest", "ReferralRequest", "ProcedureRequest", "Bundle");

    private final int max;
    private final List<MappingIssue> issues = new ArrayList<>();
    private boolean carried;

    PayloadProblems(int max) {
        this.max = max;
    }

    /**
     * Enters a resource; the result belongs to {@link #leave}.
     *
     * @param whole true for the payload itself, whose faults always refuse
     */
    boolean enter(String resourceType, boolean whole) {
        var outer = carried;
        carried = !whole && !REFUSED_WHEN_FAULTY.contains(resourceType);
        return outer;
    }

    void leave(boolean outer) {
        carried = outer;
    }

    /** A fault of structure: refuses in a ServiceRequest or Bundle, travels as a warning from elsewhere. */
    void error(IssueCode code, String expression, String diagnostics) {
        if (carried) {
            add(MappingIssue.warning(IssueCode.FAULT_IN_SUPPORTING_RESOURCE, expression, diagnostics));
        } else {
            fatal(code, expression, diagnostics);
        }
    }

    /** A fault that refuses wherever it is. */
    void fatal(IssueCode code, String expression, String diagnostics) {
        add(MappingIssue.error(code, expression, diagnostics));
    }

    private void add(MappingIssue issue) {
        if (issues.size() < max || isFirst(issue, MappingIssue::isError) || isFirst(issue, CheckedPayload::harms)) {
            issues.add(issue);
        }
    }

    /** The first of a kind that decides something is listed, however many others there are. */
    private boolean isFirst(MappingIssue issue, Predicate<MappingIssue> kind) {
        return kind.test(issue) && issues.stream().noneMatch(kind);
    }

    List<MappingIssue> list() {
        return issues;
    }
}
