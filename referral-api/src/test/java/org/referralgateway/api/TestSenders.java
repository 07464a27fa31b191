package org.referralgateway.api;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The senders that tests send as: registered with a key, and given tokens by the gateway's own endpoint, as an EHR is. */
public final class TestSenders {

    /** What the gateway of the tests calls itself; where it listens is another matter. */
    public static final String BASE = "https://gateway.example";

    public static final String TOKEN_ENDPOINT = BASE + "/oauth2/token";
    public static final String EVERYTHING = "system/*.cruds";

    /** One key for all clients; what tells them apart is their name. */
    public static final ECKey KEY = newKey("of-the-tests");

    private static final JsonMapper JSON = new JsonMapper();
    private static final String BY_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final TestGateway gateway;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    TestSenders(TestGateway gateway) {
        this.gateway = gateway;
    }

    private record Held(String token, Instant goodUntil) {}

    /** What the token endpoint answered. */
    public record Answer(int status, JsonNode json) {
        public String token() {
            return json.path("access_token").asString();
        }
    }

    public static ECKey newKey(String keyId) {
        try {
            return new ECKeyGenerator(Curve.P_384).keyID(keyId).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token of a client that is called like its sender and may do everything; asked for anew before it expires. */
    public String token(String sender) {
        return token(sender, sender, EVERYTHING);
    }

    /** A token with these scopes, of a client that is registered for no more. */
    public String token(String sender, String client, String scopes) {
        return held.compute(
                        client + " " + scopes,
                        (key, known) -> known != null && known.goodUntil().isAfter(Instant.now())
                                ? known
                                : asked(sender, client, scopes))
                .token();
    }

    private Held asked(String sender, String client, String scopes) {
        register(sender, client, scopes);
        var answer = ask(assertion(client), scopes);
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.status() + " " + answer.json());
        }
        return new Held(answer.token(), Instant.now().plusSeconds(120));
    }

    /** Registers a client with the key of the tests, or changes its scopes. */
    public void register(String sender, String client, String scopes) {
        gateway.db()
                .sql("""
                        insert into sender_client (client, sender, name, jwks, scopes)
                        values (:client, :sender, :sender, :jwks::jsonb, string_to_array(:scopes, ' '))
                        on conflict (client) do update set scopes = excluded.scopes, active = true
                        """)
                .param("client", client)
                .param("sender", sender)
                .param("jwks", new JWKSet(KEY.toPublicJWK()).toString())
                .param("scopes", scopes)
                .update();
    }

    /** A proper assertion of a client. */
    public static String assertion(String client) {
        return signed(KEY, JWSAlgorithm.ES384, claims(client).build());
    }

    public static JWTClaimsSet.Builder claims(String client) {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(client)
                .subject(client)
                .audience(TOKEN_ENDPOINT)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(240)));
    }

    public static String signed(ECKey key, JWSAlgorithm algorithm, JWTClaimsSet claims) {
        try {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks this instance for a token. */
    public Answer ask(String assertion, String scopes) {
        return ask(Map.of(
                "grant_type", "client_credentials",
                "scope", scopes,
                "client_assertion_type", BY_ASSERTION,
                "client_assertion", assertion));
    }

    public Answer ask(Map<String, String> form) {
        var body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(URI.create(gateway.base() + "/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            var text = response.body();
            return new Answer(
                    response.statusCode(), text.startsWith("{") ? JSON.readTree(text) : JSON.createObjectNode());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
