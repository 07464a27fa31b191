package org.referralgateway.validation;

/** The end of a check that took too long. An Error, because the validator catches exceptions and goes on. */
public final class TimeIsOver extends Error {

    private static final long serialVersionUID = 1L;

    TimeIsOver() {
        super("The check took too long.", null, false, false);
    }
}
