package org.referralgateway.validation;

/**
 * What the fast check objects to.
 *
 * @param in type of the resource that the element is in
 * @param expression FHIRPath of the element
 * @param rule FHIR's name of the rule where it has one ({@code pat-1}), else ours
 * @param what one sentence or two: what is wrong and what to do; never a value of the payload
 */
public record Fault(Kind kind, String in, String expression, String rule, String what) {

    /** What sort of rule is broken. */
    public enum Kind {
        /** How FHIR is built: cardinality, the form of a value, rules written as FHIRPath. */
        STRUCTURE,
        /** What a reference points to: nothing, or a resource of a type that does not belong there. */
        REFERENCE,
        /** A code that its code system or value set does not have. */
        CODE,
        /** None is known to be broken, but this is more than the fast check knows: only the reference can tell. */
        UNDECIDED
    }
}
