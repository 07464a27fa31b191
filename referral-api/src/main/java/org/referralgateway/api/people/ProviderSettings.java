package org.referralgateway.api.people;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.Role;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The identity provider that people log in with, in mode {@code external}.
 *
 * @param issuerUri of the provider; what it offers is read from its discovery document
 * @param clientId as which the gateway is registered there
 * @param clientSecret likewise; from a file or the environment
 * @param scopes that are asked for
 * @param algorithm with which it signs ID tokens
 * @param acrValues strengths of a login ({@code acr}) that the provider is asked for, of which its ID token must name one; any
 *     where the list is empty
 * @param loginClaim what says how a person is called at the login
 * @param nameClaim what says a person's name
 * @param rolesClaim what lists a person's groups or roles; dots lead into objects, as in {@code realm_access.roles}
 * @param roles what in that list makes somebody what here, by role; a role without an entry is its own name there
 */
@ConfigurationProperties("referral.people.provider")
record ProviderSettings(
        @Nullable String issuerUri,
        @Nullable String clientId,
        @Nullable String clientSecret,
        @DefaultValue({"openid", "profile"}) List<String> scopes,
        @DefaultValue("RS256") String algorithm,
        @DefaultValue List<String> acrValues,
        @DefaultValue("preferred_username") String loginClaim,
        @DefaultValue("name") String nameClaim,
        @DefaultValue("roles") String rolesClaim,
        @DefaultValue Map<Role, List<String>> roles) {}
