package org.referralgateway.api.audit;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the trail is sealed.
 *
 * @param sealing whether this instance seals; another one may
 * @param keyFile the Ed25519 key that signs checkpoints, PKCS #8 in PEM; without one nothing is sealed
 * @param origin the name of the trail in its checkpoints and of its key
 * @param sealEvery how often new rows are sealed, where there are any
 * @param folder where checkpoints are put as files; none without it
 * @param folderEvery how often a file is added there; the newest checkpoint is always in {@code latest}
 * @param witnesses public keys of those who may countersign checkpoints, {@code name+id+base64}
 */
@Validated
@ConfigurationProperties("referral.audit")
record AuditSettings(
        @DefaultValue("true") boolean sealing,
        @Nullable Path keyFile,
        @DefaultValue("referral-gateway") @NotNull String origin,
        @DefaultValue("2s") @NotNull Duration sealEvery,
        @Nullable Path folder,
        @DefaultValue("1m") @NotNull Duration folderEvery,
        @DefaultValue({}) List<String> witnesses) {}
