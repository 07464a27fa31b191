package org.referralgateway.standalone;

/** Something that the user can put right; the message says what, and is printed without a stack trace. */
final class CannotStart extends RuntimeException {
    CannotStart(String message) {
        super(message);
    }
}
