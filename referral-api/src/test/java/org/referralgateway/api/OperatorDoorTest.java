package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;

/** Health and metrics are on a port of their own, and only health is for everybody. */
class OperatorDoorTest {

    private static int status(TestGateway gateway, String base, String path) {
        return gateway.people()
                .send(HttpRequest.newBuilder(URI.create(base + path)).GET())
                .statusCode();
    }

    private static String management(TestGateway gateway) {
        return "http://127.0.0.1:" + gateway.context().getEnvironment().getProperty("local.management.port");
    }

    @Test
    void metricsAreForKnownAddresses() {
        var gateway = TestGateway.shared();
        assertThat(status(gateway, management(gateway), "/actuator/health")).isEqualTo(200);
        assertThat(status(gateway, management(gateway), "/actuator/prometheus")).isEqualTo(200);

        try (var elsewhere = TestGateway.start(
                "--referral.management.from=192.0.2.0/24",
                "--referral.assessment.enabled=false",
                "--referral.outbox.enabled=false")) {
            assertThat(status(elsewhere, management(elsewhere), "/actuator/health"))
                    .isEqualTo(200);
            assertThat(status(elsewhere, management(elsewhere), "/actuator/health/readiness"))
                    .isEqualTo(200);
            for (var path : new String[] {"", "/prometheus", "/info"}) {
                assertThat(status(elsewhere, management(elsewhere), "/actuator" + path))
                        .as(path)
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void whatIsNotAskedForDoesNotExist() {
        var gateway = TestGateway.shared();
        for (var path : new String[] {"env", "heapdump", "beans", "configprops", "loggers", "threaddump", "shutdown"}) {
            assertThat(status(gateway, management(gateway), "/actuator/" + path))
                    .as(path)
                    .isIn(303, 403, 404);
        }
        for (var path : new String[] {"/actuator", "/actuator/health", "/actuator/prometheus"}) {
            assertThat(status(gateway, gateway.base(), path))
                    .as("on the web port: " + path)
                    .isIn(303, 403, 404);
        }
        assertThat(status(gateway, gateway.base(), "/livez")).isEqualTo(200);
        assertThat(status(gateway, gateway.base(), "/readyz")).isEqualTo(200);
    }
}
