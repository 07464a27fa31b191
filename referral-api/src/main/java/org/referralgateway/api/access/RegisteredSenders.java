package org.referralgateway.api.access;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** The registered senders, as Spring's authorization server wants to see them. */
final class RegisteredSenders implements RegisteredClientRepository {

    /** SMART's limit; there is no refresh token, a new one is asked for with a new assertion. */
    static final Duration TOKEN_LIFE = Duration.ofMinutes(5);

    private final SenderClients clients;

    RegisteredSenders(SenderClients clients) {
        this.clients = clients;
    }

    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("Senders are registered by deploy/sender.");
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String client) {
        return clients.active(client).map(RegisteredSenders::registered).orElse(null);
    }

    private static RegisteredClient registered(SenderClient client) {
        return RegisteredClient.withId(client.client())
                .clientId(client.client())
                .clientName(client.name())
                .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(scopes -> scopes.addAll(client.scopes().texts()))
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(TOKEN_LIFE)
                        .build())
                .build();
    }
}
