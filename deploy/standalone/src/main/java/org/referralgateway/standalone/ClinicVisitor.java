package org.referralgateway.standalone;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Somebody of the clinic at a browser, as far as a rehearsal needs them. */
final class ClinicVisitor {
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();
    private final String web;

    ClinicVisitor(Gateway gateway) {
        this.web = gateway.web();
    }

    /** With a first password, which is changed at once: nothing is open before. */
    void logIn(String login, String first) throws IOException, InterruptedException {
        var chosen = new StringBuilder(first).reverse().toString();
        submit("/login", "/login", Map.of("login", login, "password", first, "back", "/"));
        submit("/account", "/account/password", Map.of("current", first, "wanted", chosen, "repeated", chosen));
    }

    /** Looks at a page, which must be one for them. */
    String look(String path) throws IOException, InterruptedException {
        var answer = send(Requests.to(URI.create(web + path)));
        if (answer.statusCode() != 200) {
            throw new IOException("GET " + path + " answered " + answer.statusCode() + ".");
        }
        return answer.body();
    }

    private void submit(String page, String to, Map<String, String> fields) throws IOException, InterruptedException {
        var token = FORM_TOKEN.matcher(look(page));
        var all = new LinkedHashMap<>(fields);
        all.put("_csrf", token.find() ? token.group(1) : "");
        var answer = send(Requests.form(URI.create(web + to), all));
        if (answer.statusCode() / 100 != 3) {
            throw new IOException("POST " + to + " answered " + answer.statusCode() + ".");
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
