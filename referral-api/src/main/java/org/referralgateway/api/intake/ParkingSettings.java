package org.referralgateway.api.intake;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How requests wait for what has not arrived yet.
 *
 * @param expireAfter how long one waits at most
 * @param maxPerSender how many of one sender may wait at once; beyond it 429
 * @param recheckEvery how often one is looked at though nothing it waits for has arrived
 * @param sweepEvery how often the due ones are looked for
 */
@Validated
@ConfigurationProperties("referral.parking")
record ParkingSettings(
        @DefaultValue("7d") @NotNull Duration expireAfter,
        @DefaultValue("1000") @Min(1) @Max(100000) int maxPerSender,
        @DefaultValue("10m") @NotNull Duration recheckEvery,
        @DefaultValue("2s") @NotNull Duration sweepEvery) {}
