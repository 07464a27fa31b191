package org.referralgateway.api.access;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may use the service.
 *
 * @param mode who vouches for callers; without it the service does not start
 * @param baseUrl where senders and people reach the gateway, such as {@code https://referrals.clinic.example}; what tokens are
 *     issued by and for. Where it is not set: this machine, at the web port
 * @param keys file with the keys that sign tokens, in mode {@code local}; made where it is not there
 * @param issuerUri of the provider, in mode {@code external}
 * @param audience that a token of the provider must be made for
 * @param algorithms with which the provider may sign
 * @param tokenTypes that a token of the provider may call itself in its header
 * @param sendersRefresh how old the list of registered senders may be: a revoked sender is out after this time
 * @param privateKeyUrls whether a sender's keys may be fetched from a private address, without TLS; for tests and inner networks
 */
@Validated
@ConfigurationProperties("referral.identity")
public record AccessSettings(
        @Nullable IdentityMode mode,
        @Nullable String baseUrl,
        @Nullable Path keys,
        @Nullable String issuerUri,
        @Nullable String audience,

        @DefaultValue({"RS256", "RS384", "PS256", "ES256", "ES384"})
        List<String> algorithms,

        @DefaultValue({"at+jwt", "JWT"}) List<String> tokenTypes,
        @DefaultValue("2s") @NotNull Duration sendersRefresh,
        @DefaultValue("false") boolean privateKeyUrls) {}
