package org.referralgateway.embedded;

/** The embedded servers cannot run here. The message says why and what to do; it is meant to be printed. */
public final class UnsupportedPlatform extends RuntimeException {
    UnsupportedPlatform(String message) {
        super(message);
    }
}
