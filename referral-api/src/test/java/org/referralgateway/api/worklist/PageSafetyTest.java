package org.referralgateway.api.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.api.TestGateway;

/** What pages refuse and tell the browser, whatever they show. */
class PageSafetyTest {

    private static final TestGateway GATEWAY = PagesGateway.instance();

    @ParameterizedTest
    @ValueSource(strings = {"/worklist", "/log", "/nothing"})
    void tellsTheBrowserToLoadNothingElseAndKeepNothing(String path) {
        var answer = GATEWAY.get(path, "Accept", "text/html");

        assertThat(answer.header("Content-Security-Policy"))
                .startsWith("default-src 'self'")
                .doesNotContain("unsafe");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(answer.body())
                .doesNotContain("style=")
                .doesNotContain("onclick")
                .doesNotContain("<script>");
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-site, 403",
        "Sec-Fetch-Site, same-origin, 303",
        "Origin, https://elsewhere.example, 403",
        "Origin, null, 403",
    })
    void refusesClicksThatAnotherSiteMakesABrowserSend(String header, String value, int status) throws Exception {
        assertThat(choosePerson("Maria Lopez", "/worklist", header, value).statusCode())
                .isEqualTo(status);
    }

    @Test
    void remembersWhoWorksAndLeadsBackToOurPagesOnly() throws Exception {
        var chosen = choosePerson("Maria Lopez", "/worklist?owner=mine", "X-Nothing", "x");
        assertThat(chosen.headers().firstValue("Location")).hasValue("/worklist?owner=mine");
        assertThat(chosen.headers().firstValue("Set-Cookie").orElse(""))
                .contains("demo-person=Maria+Lopez", "HttpOnly", "SameSite=Strict");

        for (var elsewhere :
                new String[] {"//elsewhere.example", "https://elsewhere.example/", "/\\elsewhere.example"}) {
            var answer = choosePerson("Nobody Known", elsewhere, "X-Nothing", "x");
            assertThat(answer.headers().firstValue("Location")).hasValue("/");
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        }
    }

    private static HttpResponse<String> choosePerson(String person, String back, String header, String value)
            throws IOException, InterruptedException {
        var body = "person=" + URLEncoder.encode(person, StandardCharsets.UTF_8) + "&back="
                + URLEncoder.encode(back, StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(URI.create(GATEWAY.base() + "/person"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(header, value)
                .POST(BodyPublishers.ofString(body))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }
}
