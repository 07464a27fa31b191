package org.referralgateway.api.access;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** {@code .well-known/smart-configuration}: where a sender gets its tokens, and how. */
final class SmartConfiguration extends HttpServlet {

    static final String PATH = "/.well-known/smart-configuration";

    private static final long serialVersionUID = 1L;

    /** Of the authorization server, ours or the provider's. */
    record Issuer(String issuer, String tokenEndpoint, String keys) {}

    private final transient Supplier<Issuer> issuer;
    private final transient JsonMapper json;

    SmartConfiguration(Supplier<Issuer> issuer, JsonMapper json) {
        this.issuer = issuer;
        this.json = json;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var here = issuer.get();
        var body = json.createObjectNode();
        body.put("issuer", here.issuer());
        body.put("jwks_uri", here.keys());
        body.put("token_endpoint", here.tokenEndpoint());
        texts(body, "token_endpoint_auth_methods_supported", List.of("private_key_jwt"));
        texts(body, "token_endpoint_auth_signing_alg_values_supported", List.of("RS384", "ES384"));
        texts(body, "grant_types_supported", List.of("client_credentials"));
        texts(body, "scopes_supported", Policy.scopes());
        texts(body, "code_challenge_methods_supported", List.of("S256"));
        texts(body, "capabilities", List.of("client-confidential-asymmetric", "permission-v2"));
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "public, max-age=300");
        json.writeValue(response.getOutputStream(), body);
    }

    private static void texts(tools.jackson.databind.node.ObjectNode body, String name, List<String> texts) {
        var array = body.putArray(name);
        texts.forEach(array::add);
    }
}
