package org.referralgateway.api.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may use the service.
 *
 * @param mode {@code demo}: every caller is the demo sender and every visitor one of the demo people, for trying it out on
 *     one machine. Without a mode the service does not start.
 * @param demoSender the sender that every caller is in demo mode
 * @param demoPeople who can be chosen on the pages in demo mode
 */
@ConfigurationProperties("referral.identity")
public record AccessSettings(
        @Nullable String mode,
        @DefaultValue("demo") String demoSender,
        @DefaultValue({"Robin Ash", "Maria Lopez"}) List<String> demoPeople) {}
