package org.referralgateway.api.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.api.TestGateway;
import org.referralgateway.api.TestPeople;

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
        "Sec-Fetch-Site, same-origin, 302",
        "Origin, https://elsewhere.example, 403",
        "Origin, null, 403",
    })
    void refusesClicksThatAnotherSiteMakesABrowserSend(String header, String value, int status) {
        var people = GATEWAY.people();
        var session = people.session("Robin Ash");
        var answer = people.send(HttpRequest.newBuilder(URI.create(GATEWAY.base() + "/account/sessions/end"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Cookie", session.cookie())
                .header(header, value)
                .POST(BodyPublishers.ofString("_csrf=" + TestPeople.encoded(session.formToken()))));
        assertThat(answer.statusCode()).isEqualTo(status);
    }
}
