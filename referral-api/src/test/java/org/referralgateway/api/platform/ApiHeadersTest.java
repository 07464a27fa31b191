package org.referralgateway.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.api.Referrals;
import org.referralgateway.api.TestGateway;
import org.referralgateway.api.TestGateway.Answer;

/** What the API tells a browser, and what it keeps to itself. */
class ApiHeadersTest {

    private static final TestGateway GATEWAY = TestGateway.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {"/fhir/metadata", "/fhir/Task?_count=1", "/fhir/Task/none", "/fhir/Nothing", "/fhir/AuditEvent"})
    void tellsABrowserToKeepAndRunNothing(String path) {
        judge(GATEWAY.get(path, "Origin", "https://elsewhere.example"));
        judge(GATEWAY.get(path, "Authorization", "Bearer none"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/fhir+json", "text/plain", "application/fhir+xml"})
    void alsoWhereSomethingIsSent(String type) {
        judge(GATEWAY.post("/ServiceRequest", Referrals.aReferral(Referrals.newNumber()), "Content-Type", type));
    }

    private static void judge(Answer answer) {
        assertThat(answer.header("Content-Security-Policy"))
                .startsWith("default-src 'none'")
                .contains("frame-ancestors 'none'");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Content-Type")).containsIgnoringCase("charset=utf-8");
        assertThat(answer.response().headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-"))
                .doesNotContain("x-powered-by", "server");
    }
}
