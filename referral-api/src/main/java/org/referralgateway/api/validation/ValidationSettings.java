package org.referralgateway.api.validation;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How what arrives is validated.
 *
 * @param enabled false for the strict reading alone: no fast check, no reference, no {@code $validate}
 * @param strictSenders those from whom no fault is carried
 * @param sample part of the payloads that the reference validator looks at behind, from 0 to 1
 * @param sampleEvery the least time between two of those, so that under load they cost no more
 * @param threads of the reference validator
 * @param queue how many checks wait for a thread; beyond it {@code $validate} answers 429 and a sample is left out
 * @param timeout of one check
 * @param maxSize of a payload that the reference looks at
 */
@Validated
@ConfigurationProperties("referral.validation")
record ValidationSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue List<String> strictSenders,

        @DefaultValue("0.01") @DecimalMin("0") @DecimalMax("1")
        double sample,

        @DefaultValue("10s") @NotNull Duration sampleEvery,
        @DefaultValue("1") @Min(1) @Max(64) int threads,
        @DefaultValue("20") @Min(1) @Max(10000) int queue,
        @DefaultValue("10s") @NotNull Duration timeout,
        @DefaultValue("1MB") @NotNull DataSize maxSize) {}
