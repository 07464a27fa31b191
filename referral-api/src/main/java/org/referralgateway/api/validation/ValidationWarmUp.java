package org.referralgateway.api.validation;

/**
 * Makes the check of every payload ready ahead of the service, for whoever starts it: it takes some of a processor, which a
 * start has to spare while it waits for servers.
 */
public final class ValidationWarmUp {

    private ValidationWarmUp() {}

    /** Begins in the background, unless it has begun. */
    public static void begin() {
        Validators.makeFast();
    }

    /**
     * Waits until it is over.
     *
     * @throws IllegalStateException where the check could not be made; why was said when it happened
     */
    public static void await() throws InterruptedException {
        Validators.makeFast().join();
        if (Validators.fast() == null) {
            throw new IllegalStateException("The check of payloads could not be made, so that nothing would be ready.");
        }
    }
}
