package org.referralgateway.api.outbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How events leave.
 *
 * @param enabled whether this instance relays; another one may
 * @param batchSize events that are under way at once
 * @param sweep how often to look without having been woken: for what a crashed instance left behind
 * @param retention how long sent rows stay, to be sent again if the broker loses them
 * @param partitions of each topic, where the gateway creates it
 * @param replicas of each topic, where the gateway creates it; -1 for the broker's default
 */
@Validated
@ConfigurationProperties("referral.outbox")
record OutboxSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("500") @Min(1) @Max(5000) int batchSize,
        @DefaultValue("1s") @NotNull Duration sweep,
        @DefaultValue("14d") @NotNull Duration retention,
        @DefaultValue("6") @Min(1) @Max(1000) int partitions,
        @DefaultValue("-1") @Min(-1) @Max(10) int replicas) {}
