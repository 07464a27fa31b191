package org.referralgateway.standalone;

import org.referralgateway.standalone.Registrations.Registration;

/** What the engineer of a newly registered EHR is sent. */
final class Onboarding {
    private Onboarding() {}

    static String text(Registration registration, String web, boolean isKeyHere) {
        var key = isKeyHere ? "" : " --base " + web + " --key YOUR-PRIVATE-KEYS.json";
        return """
                %s is registered as sender %s.

                For the engineer of that EHR:

                  FHIR base        %s/fhir
                  discovery        %s/fhir/.well-known/smart-configuration
                  token endpoint   %s/oauth2/token   (also the aud of the assertion)
                  client id        %s   (iss and sub of the assertion)
                  method           SMART Backend Services: private_key_jwt, RS384 or ES384, exp at most 5 minutes ahead,
                                   a new jti each time; the token is good for 5 minutes
                  keys             %s
                  scopes           %s

                A first token, and a first receipt: nothing is stored by $preview.

                  TOKEN=$(deploy/token%s %s)
                  curl -i -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/fhir+json' \\
                       --data-binary @YOUR-REFERRAL.json '%s/fhir/$preview'

                The page for them: deploy/docs/onboarding.md
                """.formatted(
                        registration.organisation(),
                        registration.sender(),
                        web,
                        web,
                        web,
                        registration.client(),
                        keys(registration),
                        String.join(" ", registration.scopes()),
                        key,
                        registration.client(),
                        web);
    }

    private static String keys(Registration registration) {
        if (registration.jwks() != null) {
            return "the registered ones";
        }
        return registration.jwksUrl() == null ? "those your issuer knows" : String.valueOf(registration.jwksUrl());
    }
}
