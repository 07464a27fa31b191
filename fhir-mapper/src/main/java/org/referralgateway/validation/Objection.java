package org.referralgateway.validation;

/**
 * What the reference validator says about one place.
 *
 * @param location FHIRPath of the place, as the validator writes it
 * @param rule the validator's name for the kind of problem; empty where it has none
 * @param text in the validator's words, which may repeat what stands in the payload: for its sender's eyes only
 */
public record Objection(Severity severity, String location, String rule, String text) {

    /** As in OperationOutcome. */
    public enum Severity {
        INFORMATION,
        WARNING,
        ERROR,
        FATAL
    }

    public boolean isError() {
        return severity == Severity.ERROR || severity == Severity.FATAL;
    }

    /** Never prints the text, so that logging an objection cannot leak what was sent. */
    @Override
    public String toString() {
        return "Objection[" + severity + " " + rule + "]";
    }
}
