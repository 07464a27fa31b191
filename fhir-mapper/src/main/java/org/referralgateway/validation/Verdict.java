package org.referralgateway.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.referralgateway.mapper.CheckedPayload;
import org.referralgateway.mapper.IssueCode;
import org.referralgateway.mapper.MappingIssue;

/**
 * What is refused and what is carried. Refused: broken rules of FHIR in a ServiceRequest itself. Carried with the referral:
 * the same in what came along, references that lead nowhere (the mapper refuses a subject that does), codes that nobody
 * knows, and what only the reference can judge. For a strict sender whatever would be carried as a fault refuses.
 */
public final class Verdict {

    private static final Set<IssueCode> FAULTS = Set.of(IssueCode.FAULT_IN_SUPPORTING_RESOURCE, IssueCode.CODE_UNKNOWN);

    private Verdict() {}

    /**
     * @param checked what the strict reading found
     * @param verdict of the fast check on the same payload
     * @return both together; nothing is said twice of one place
     */
    public static CheckedPayload of(CheckedPayload checked, FastVerdict verdict, boolean strict) {
        boolean converted = checked.problems().stream().anyMatch(problem -> problem.code() == IssueCode.CONVERTED);
        var issues = new ArrayList<>(checked.problems());
        verdict.faults().stream()
                .filter(fault -> fault.kind() != Fault.Kind.UNDECIDED)
                .map(fault -> issue(fault, converted))
                .filter(issue -> isNew(issue, checked.problems()))
                .distinct()
                .forEach(issues::add);
        issues.addAll(undecided(verdict));
        return new CheckedPayload(
                checked.resourceType(),
                checked.parts(),
                strict ? issues.stream().map(Verdict::refused).toList() : issues);
    }

    private static boolean isNew(MappingIssue issue, List<MappingIssue> problems) {
        return problems.stream()
                .noneMatch(problem -> issue.expression().startsWith(problem.expression())
                        && !problem.expression().isEmpty()
                        && !problem.expression().equals(problemless(issue)));
    }

    /** The resource as a whole: a problem of all of it hides none of its elements. */
    private static String problemless(MappingIssue issue) {
        return issue.expression().replaceFirst("^([A-Za-z]+)\\..*$", "$1");
    }

    private static MappingIssue issue(Fault fault, boolean converted) {
        return switch (fault.kind()) {
            case CODE -> MappingIssue.warning(IssueCode.CODE_UNKNOWN, fault.expression(), fault.what());
            case REFERENCE -> carried(fault);
            case STRUCTURE, UNDECIDED ->
                isOfTheReferral(fault) && !converted
                        ? MappingIssue.error(IssueCode.FHIR_RULE_BROKEN, fault.expression(), text(fault))
                        : carried(fault);
        };
    }

    /** What a conversion made of STU3 or R5 is our doing; its faults are not the sender's. */
    private static boolean isOfTheReferral(Fault fault) {
        return fault.in().equals("ServiceRequest")
                && (!fault.expression().contains("contained[") || fault.rule().equals(ContainedResources.ID));
    }

    private static MappingIssue carried(Fault fault) {
        return MappingIssue.warning(IssueCode.FAULT_IN_SUPPORTING_RESOURCE, fault.expression(), text(fault));
    }

    private static String text(Fault fault) {
        return fault.rule() + ": " + fault.what();
    }

    /** One issue for all of them: it is not the sender's fault that we cannot tell. */
    private static List<MappingIssue> undecided(FastVerdict verdict) {
        var places = verdict.faults().stream()
                .filter(fault -> fault.kind() == Fault.Kind.UNDECIDED)
                .map(Fault::expression)
                .distinct()
                .toList();
        return places.isEmpty()
                ? List.of()
                : List.of(
                        MappingIssue.information(
                                IssueCode.NOT_VALIDATED,
                                places.getFirst(),
                                "What is here"
                                        + (places.size() == 1
                                                ? ""
                                                : ", and in " + (places.size() - 1) + " other places,")
                                        + " was not validated in full. Nothing is known to be wrong with it; $validate looks into it."));
    }

    private static MappingIssue refused(MappingIssue issue) {
        return FAULTS.contains(issue.code())
                ? MappingIssue.error(IssueCode.FAULT_REFUSED, issue.expression(), issue.diagnostics())
                : issue;
    }

    /** What is carried while the rules are not compiled yet. */
    public static CheckedPayload notReady(CheckedPayload checked) {
        var issues = new ArrayList<>(checked.problems());
        issues.add(MappingIssue.information(
                IssueCode.NOT_VALIDATED,
                checked.resourceType(),
                "The gateway had just started and did not validate this in full. Nothing is known to be wrong with it;"
                        + " $validate looks into it."));
        return new CheckedPayload(checked.resourceType(), checked.parts(), issues);
    }
}
