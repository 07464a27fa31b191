package org.referralgateway.standalone;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gets bearer tokens for a sender as its EHR would: asks the gateway where, and shows an assertion signed by its key. */
final class AccessTokens {
    static final String EVERYTHING = "system/*.cruds";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration GOOD_FOR = Duration.ofMinutes(4);

    private final String web;
    private final String client;
    private final SenderKey key;
    private final String scope;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private @Nullable String current;
    private long askedAt;

    /** @param web where the gateway answers, without a slash at the end */
    AccessTokens(String web, String client, SenderKey key, String scope) {
        this.web = web;
        this.client = client;
        this.key = key;
        this.scope = scope;
    }

    /** One that is good for a minute at least. */
    synchronized String current() throws IOException, InterruptedException {
        var token = current;
        if (token == null || System.nanoTime() - askedAt > GOOD_FOR.toNanos()) {
            askedAt = System.nanoTime();
            token = fresh();
            current = token;
        }
        return token;
    }

    private String fresh() throws IOException, InterruptedException {
        String endpoint = tokenEndpoint();
        // Asked where we reach the gateway; what it calls itself may be known outside only.
        URI address = URI.create(web + URI.create(endpoint).getPath());
        var form = Map.of(
                "grant_type",
                "client_credentials",
                "scope",
                scope,
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                key.assertion(client, endpoint));
        JsonNode answer = send(Requests.form(address, form).header("Accept", "application/json"));
        String token = answer.path("access_token").asString("");
        if (token.isEmpty()) {
            throw new CannotStart("No token for " + client + ": "
                    + answer.path("error").asString("no answer of the token endpoint") + ". "
                    + answer.path("error_description").asString(""));
        }
        return token;
    }

    private String tokenEndpoint() throws IOException, InterruptedException {
        JsonNode configuration = send(Requests.to(URI.create(web + "/.well-known/smart-configuration")));
        String endpoint = configuration.path("token_endpoint").asString("");
        if (endpoint.isEmpty()) {
            throw new CannotStart("What answers at " + web + " does not say where tokens are to be had.");
        }
        return endpoint;
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return JSON.readTree(response.body());
        } catch (ConnectException e) {
            throw new CannotStart("Nothing answers at " + web + ". Start the gateway, or name its port with --port.");
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }
}
