package org.referralgateway.api.people;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Map;
import org.referralgateway.api.access.Role;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Logins and sessions of the clinic's people.
 *
 * @param idleTimeout after which a session without a click ends
 * @param sessionTimeout after which every session ends
 * @param maxFailures wrong passwords in a row after which an account is locked
 * @param lockFor how long it is locked
 * @param minPasswordLength of a password that a person chooses
 * @param firstPasswordValid how long a generated password can be used for the first login
 * @param openFirst whether to open an account for each role where there is none at all, and print the passwords
 * @param firstNames what those accounts are called, by role
 */
@Validated
@ConfigurationProperties("referral.people")
public record PeopleSettings(
        @NotNull @DefaultValue("30m") Duration idleTimeout,
        @NotNull @DefaultValue("12h") Duration sessionTimeout,
        @Min(3) @Max(20) @DefaultValue("5") int maxFailures,
        @NotNull @DefaultValue("15m") Duration lockFor,
        @Min(8) @Max(64) @DefaultValue("12") int minPasswordLength,
        @NotNull @DefaultValue("7d") Duration firstPasswordValid,
        @DefaultValue("false") boolean openFirst,
        @DefaultValue Map<Role, String> firstNames) {}
