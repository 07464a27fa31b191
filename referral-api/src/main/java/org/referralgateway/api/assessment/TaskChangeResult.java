package org.referralgateway.api.assessment;

/** What came of an attempt to change a task. */
public sealed interface TaskChangeResult {

    record Changed(AssessmentTask task) implements TaskChangeResult {}

    /** Somebody was faster; here is what they made of it, and who it was. */
    record Stale(AssessmentTask current, String lastActor) implements TaskChangeResult {}

    /** The state machine does not allow it. */
    record NotAllowed(AssessmentTask current) implements TaskChangeResult {}

    record Unknown() implements TaskChangeResult {}
}
