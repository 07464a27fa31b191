package org.referralgateway.api.access;

import org.springframework.security.authentication.AuthenticationServiceException;

/** A token cannot be judged now, because its issuer's keys cannot be fetched. */
final class KeysAway extends AuthenticationServiceException {

    private static final long serialVersionUID = 1L;

    KeysAway(Throwable cause) {
        super("The issuer's keys are not to be had.", cause);
    }
}
