package org.referralgateway.api.platform;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the database is met.
 *
 * @param allowPrivilegedRole whether the service starts, with a warning, as a role that row-level security does not hold
 */
@ConfigurationProperties("referral.database")
record DatabaseSettings(@DefaultValue("false") boolean allowPrivilegedRole) {}
