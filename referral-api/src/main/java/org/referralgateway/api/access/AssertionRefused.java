package org.referralgateway.api.access;

import org.springframework.security.oauth2.jwt.BadJwtException;

/** An assertion that is not taken; the message is a sentence of ours, for the engineer who made it. */
final class AssertionRefused extends BadJwtException {

    private static final long serialVersionUID = 1L;

    AssertionRefused(String message) {
        super(message);
    }
}
