package org.referralgateway.api.access;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Under which addresses the gateway is known. Tokens are issued by and for these, whatever a request says its host is. */
@Component
public class Addresses {

    static final String TOKEN_PATH = "/oauth2/token";
    static final String KEYS_PATH = "/oauth2/jwks";

    private final String base;

    Addresses(AccessSettings settings, Environment environment) {
        var given = settings.baseUrl();
        this.base = given == null || given.isBlank()
                ? (environment.containsProperty("server.ssl.bundle") ? "https" : "http") + "://127.0.0.1:"
                        + environment.getProperty("server.port", "8080")
                : given.replaceFirst("/+$", "");
    }

    /** Also the issuer of our own tokens. */
    public String base() {
        return base;
    }

    String tokenEndpoint() {
        return base + TOKEN_PATH;
    }

    String keys() {
        return base + KEYS_PATH;
    }

    /** What our tokens are for. */
    String fhir() {
        return base + "/fhir";
    }
}
