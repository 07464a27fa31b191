package org.referralgateway.api.access;

/** Who vouches for callers. */
public enum IdentityMode {
    /** The gateway itself: its own authorization server for senders, its own accounts for people. */
    LOCAL,
    /** A provider elsewhere, named by its issuer address. */
    EXTERNAL
}
