package org.referralgateway.api.worklist;

/** What came of a click. */
sealed interface ClickResult {

    record Done() implements ClickResult {}

    /** Somebody else was faster, and nothing was changed. */
    record Lost(LastChange to) implements ClickResult {}

    record Unknown() implements ClickResult {}
}
