package org.referralgateway.validation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.referralgateway.validation.Extract.Constraint;

/**
 * A rule of FHIR's, or of a profile of ours, that is written as FHIRPath.
 *
 * @param key FHIR's name of the rule: {@code pat-1}
 * @param human what it says
 * @param expression compiled; null where it is beyond what is compiled, so that nobody can tell here
 */
record Invariant(String key, String human, @Nullable Expression expression) {

    static List<Invariant> compiled(List<Constraint> constraints, ExpressionCompiler expressions) {
        return constraints.stream()
                .map(constraint -> new Invariant(
                        constraint.key(),
                        constraint.human(),
                        expressions.compile(constraint.expression()).orElse(null)))
                .toList();
    }
}
