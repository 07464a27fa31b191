package org.referralgateway.api.platform;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much one request may bring, and how many may come at once.
 *
 * @param maxBodySize after decompression; beyond it 413
 * @param maxDepth of JSON objects and arrays inside each other; beyond it 422
 * @param maxBundleEntries beyond it 413
 * @param maxStringCharacters of one JSON string, inline documents included; beyond it 413
 * @param maxConcurrent FHIR requests at once; beyond it 429 after {@code maxWait}
 * @param maxWait for a place before 429
 * @param maxPageSize of a search; a larger {@code _count} is cut to it
 * @param maxPageBytes of the submissions that one page is read from; a page ends before it goes beyond, though it has one row
 */
@Validated
@ConfigurationProperties("referral.intake")
public record IntakeSettings(
        @DefaultValue("5MB") @NotNull DataSize maxBodySize,
        @DefaultValue("64") @Min(8) @Max(500) int maxDepth,
        @DefaultValue("200") @Min(1) @Max(5000) int maxBundleEntries,
        @DefaultValue("4000000") @Min(1000) @Max(50000000) int maxStringCharacters,
        @DefaultValue("64") @Min(1) @Max(10000) int maxConcurrent,
        @DefaultValue("2s") @NotNull Duration maxWait,
        @DefaultValue("100") @Min(1) @Max(1000) int maxPageSize,
        @DefaultValue("1MB") @NotNull DataSize maxPageBytes) {}
