package org.referralgateway.api.people;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.AccessSettings;
import org.referralgateway.api.access.Addresses;
import org.referralgateway.api.platform.RefusedToStart;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;

/**
 * What the identity provider offers. Asked when the first person wants to log in and not at the start, so that a provider
 * that is down keeps nobody's referrals out.
 */
class Provider implements ClientRegistrationRepository {

    static final String ID = "clinic";

    private final ProviderSettings settings;
    private final String issuer;
    private final String clientId;
    private final Addresses addresses;
    private volatile @Nullable ClientRegistration known;

    Provider(ProviderSettings settings, AccessSettings access, Addresses addresses) {
        var named = settings.issuerUri() == null ? access.issuerUri() : settings.issuerUri();
        if (named == null || settings.clientId() == null || settings.clientSecret() == null) {
            throw new RefusedToStart(
                    "referral.identity.mode is external, and the identity provider of the clinic's people is not named.",
                    "Set referral.people.provider.client-id, .client-secret and, where it is another than that of the"
                            + " senders' tokens, .issuer-uri.");
        }
        this.settings = settings;
        this.issuer = named;
        this.addresses = addresses;
        this.clientId = settings.clientId();
    }

    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        return id.equals(ID) ? registration() : null;
    }

    private synchronized ClientRegistration registration() {
        var registration = known;
        if (registration == null) {
            registration = ClientRegistrations.fromIssuerLocation(issuer)
                    .registrationId(ID)
                    .clientId(clientId)
                    .clientSecret(settings.clientSecret())
                    .scope(settings.scopes())
                    .redirectUri(addresses.base() + "/login/from/{registrationId}")
                    .build();
            known = registration;
        }
        return registration;
    }

    /** Where a person who has logged out here can log out there, too; absent where the provider has no such page. */
    Optional<String> logoutPage() {
        var registration = known;
        return registration == null
                ? Optional.empty()
                : Optional.ofNullable(registration
                                .getProviderDetails()
                                .getConfigurationMetadata()
                                .get("end_session_endpoint"))
                        .map(Object::toString)
                        .map(page -> page + (page.contains("?") ? "&" : "?") + "client_id=" + clientId);
    }
}
