package org.referralgateway.api.vault;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How persons' data is kept.
 *
 * @param enabled false: unencrypted, and nobody can be erased
 * @param keyring the file with the keys of all referrals, outside the database; made where there is none and nothing is
 *     encrypted yet
 * @param keyFile the key that the keyring is encrypted under, 32 bytes in Base64; made with it
 * @param events whether the data of events is locked on the topics, too
 */
@Validated
@ConfigurationProperties("referral.vault")
record VaultSettings(
        @DefaultValue("true") boolean enabled,
        @Nullable Path keyring,
        @Nullable Path keyFile,
        @DefaultValue("locked") Events events) {

    enum Events {
        LOCKED,
        PLAIN
    }
}
