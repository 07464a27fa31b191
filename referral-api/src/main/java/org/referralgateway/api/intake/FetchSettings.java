package org.referralgateway.api.intake;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How referrals are read that stand on their senders' own servers. Nothing is ever read from anywhere else.
 *
 * @param bases the FHIR base of each sender that may refer by reference
 * @param timeout of one request
 * @param maxSize of one answer
 * @param maxResources of one referral
 * @param firstRetry after the first failure; each next wait is twice as long
 * @param maxRetry the longest wait
 */
@Validated
@ConfigurationProperties("referral.fetch")
record FetchSettings(
        @DefaultValue Map<String, URI> bases,
        @DefaultValue("5s") @NotNull Duration timeout,
        @DefaultValue("2MB") @NotNull DataSize maxSize,
        @DefaultValue("50") @Min(1) @Max(500) int maxResources,
        @DefaultValue("2s") @NotNull Duration firstRetry,
        @DefaultValue("1h") @NotNull Duration maxRetry) {}
