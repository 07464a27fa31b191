package org.referralgateway.standalone;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Requests to the gateway that runs here. Somebody waits at a terminal: a service that does not answer is told of, not waited for. */
final class Requests {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private Requests() {}

    static HttpRequest.Builder to(URI address) {
        return HttpRequest.newBuilder(address).timeout(LONGEST_WAIT);
    }

    /** With fields as a browser's form sends them. */
    static HttpRequest.Builder form(URI address, Map<String, String> fields) {
        var form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return to(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }
}
