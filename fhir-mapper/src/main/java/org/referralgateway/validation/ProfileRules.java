package org.referralgateway.validation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.referralgateway.validation.Extract.Element;
import org.referralgateway.validation.Extract.Structure;

/**
 * What a profile of ours asks for beyond FHIR, for a resource that claims it.
 *
 * @param type of resource that it is for
 */
record ProfileRules(String type, List<Rule> rules) {

    /**
     * @param steps from the resource to the element; none for the resource itself
     * @param max -1 where it says nothing
     */
    record Rule(
            List<String> steps, int min, int max, @Nullable String fixed, List<Invariant> invariants) {}

    static ProfileRules of(Structure profile, ExpressionCompiler expressions) {
        return new ProfileRules(
                profile.type(),
                profile.elements().stream()
                        .map(element -> rule(element, expressions))
                        .toList());
    }

    private static Rule rule(Element element, ExpressionCompiler expressions) {
        var steps = List.of(element.path().split("\\."));
        return new Rule(
                List.copyOf(steps.subList(1, steps.size())),
                element.min(),
                element.max(),
                element.fixed(),
                Invariant.compiled(element.constraints(), expressions));
    }

    void check(Node resource, Walker walker, Findings findings) {
        if (!resource.type().equals(type)) {
            findings.structure(resource, "profile", "The profile that this claims is for " + type + ".");
            return;
        }
        for (var rule : rules) {
            check(List.of(resource), rule, rule.steps(), walker, findings);
        }
    }

    /** Evaluates what a rule says in FHIRPath, as the fast check does everywhere. */
    interface Walker {
        void invariant(Node node, Invariant invariant);
    }

    private static void check(List<Node> at, Rule rule, List<String> steps, Walker walker, Findings findings) {
        for (var node : at) {
            if (steps.isEmpty()) {
                found(node, rule, walker, findings);
            } else {
                var children = node.all(steps.getFirst());
                if (steps.size() == 1) {
                    count(node, children, rule, steps.getFirst(), findings);
                }
                check(children, rule, steps.subList(1, steps.size()), walker, findings);
            }
        }
    }

    private static void count(Node in, List<Node> children, Rule rule, String name, Findings findings) {
        if (rule.max() == 0 && !children.isEmpty()) {
            findings.structure(children.getFirst(), "profile", "The profile that this claims does not allow it.");
        }
        if (children.size() < rule.min()) {
            findings.structure(in, "profile", "The profile that this claims wants " + name + ". Add it.");
        }
    }

    private static void found(Node node, Rule rule, Walker walker, Findings findings) {
        if (rule.fixed() != null && !rule.fixed().equals(node.value())) {
            findings.structure(node, "profile", "The profile that this claims wants " + rule.fixed() + " here.");
        }
        for (var invariant : rule.invariants()) {
            walker.invariant(node, invariant);
        }
    }
}
