package org.referralgateway.api.access;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may use the service.
 *
 * @param mode {@code local}: people have accounts of the gateway's own. {@code external}: an identity provider says who they
 *     are. {@code demo}: as {@code local}, and every caller of the API is the demo sender. Without a mode the service does
 *     not start.
 * @param demoSender the sender that every caller is in demo mode
 */
@ConfigurationProperties("referral.identity")
public record AccessSettings(
        @Nullable String mode, @DefaultValue("demo") String demoSender) {}
