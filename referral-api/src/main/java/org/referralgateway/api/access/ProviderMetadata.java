package org.referralgateway.api.access;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.SmartConfiguration.Issuer;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;

/** Where the provider says that its endpoints are; asked once, at the first need. */
final class ProviderMetadata {

    private final AccessSettings settings;
    private volatile @Nullable Issuer known;

    ProviderMetadata(AccessSettings settings) {
        this.settings = settings;
    }

    Issuer issuer() {
        var issuer = known;
        if (issuer == null) {
            issuer = asked(String.valueOf(settings.issuerUri()));
            known = issuer;
        }
        return issuer;
    }

    private static Issuer asked(String issuer) {
        ClientRegistration.ProviderDetails provider = ClientRegistrations.fromIssuerLocation(issuer)
                .clientId("not-used")
                .build()
                .getProviderDetails();
        Map<String, Object> metadata = provider.getConfigurationMetadata();
        return new Issuer(
                String.valueOf(metadata.getOrDefault("issuer", issuer)),
                provider.getTokenUri(),
                String.valueOf(provider.getJwkSetUri()));
    }
}
