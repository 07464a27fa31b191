package org.referralgateway.api.validation;

/**
 * Makes both checks ready ahead of the service, for whoever starts it: they take seconds of a processor, which a start has to
 * spare while it waits for servers.
 */
public final class ValidationWarmUp {

    private ValidationWarmUp() {}

    /** Begins in the background, unless it has begun. */
    public static void begin() {
        Validators.make();
    }

    /** Waits until it is over. */
    public static void await() throws InterruptedException {
        Validators.make().join();
    }
}
