package org.referralgateway.api.access;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much one sender may ask of one instance, so that it cannot push the others, or the clinic's people, out.
 *
 * @param requestsPerSecond in the long run; twice as many may come in one second
 * @param concurrent FHIR requests of one sender at once; further ones wait for {@code maxWait}, then get 429
 * @param maxWait for one of these places
 * @param bytesPerMinute of bodies, as they were sent
 * @param connectionsForPages of the database's pool that FHIR requests leave to the pages
 */
@Validated
@ConfigurationProperties("referral.limits")
public record LimitSettings(
        @DefaultValue("1000") @Min(1) @Max(1000000) int requestsPerSecond,
        @DefaultValue("48") @Min(1) @Max(10000) int concurrent,
        @DefaultValue("2s") @NotNull Duration maxWait,
        @DefaultValue("600MB") @NotNull DataSize bytesPerMinute,
        @DefaultValue("4") @Min(0) @Max(1000) int connectionsForPages) {}
