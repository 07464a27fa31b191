package org.referralgateway.api.access;

import org.jspecify.annotations.Nullable;

/**
 * A registered client of a sender.
 *
 * @param name of the organisation
 * @param jwks its public keys, as JSON; null where they lie at {@code jwksUrl}, or where an external issuer knows it
 * @param scopes the most that a token of it can have
 * @param strict no fault of it is carried
 * @param certificate SHA-256 of the certificate that has to come with its connections, base64url; null for any
 */
public record SenderClient(
        String client,
        String sender,
        String name,
        @Nullable String jwks,
        @Nullable String jwksUrl,
        Scopes scopes,
        boolean strict,
        @Nullable String certificate) {}
