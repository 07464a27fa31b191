package org.referralgateway.validation;

import java.util.List;

/** Compiled FHIRPath. Items are {@link Node}, String, Boolean and BigDecimal. */
@FunctionalInterface
interface Expression {

    /** What a whole expression is about. */
    record Scope(Node resource, Node context) {}

    List<Object> evaluate(Scope scope, List<Object> input);

    /** As FHIR reads an invariant: nothing is false. */
    default boolean holdsFor(Node node) {
        var result = evaluate(new Scope(node.resource(), node), List.of(node));
        return !result.isEmpty() && (result.size() > 1 || ExpressionItems.isTrue(result.getFirst()));
    }

    /** Nobody can tell: a comparison that depends on what the reference validator makes of it. */
    final class Unsure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unsure(String why) {
            super(why, null, false, false);
        }
    }
}
