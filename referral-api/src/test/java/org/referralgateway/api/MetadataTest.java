package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The CapabilityStatement states what works and nothing else: each of its lines is tried. */
class MetadataTest {

    private final TestGateway gateway = TestGateway.shared();
    private final JsonNode rest = gateway.get("/fhir/metadata").json().at("/rest/0");

    @Test
    void everyStatedReadAndSearchIsAnsweredAndEveryOtherIsRefused() {
        for (var resource : rest.path("resource")) {
            var type = resource.path("type").asString();
            var stated = interactions(resource);
            assertThat(gateway.get("/fhir/" + type + "/unknown").status())
                    .as(type)
                    .isEqualTo(stated.contains("read") ? 404 : 400);
            assertThat(gateway.get("/fhir/" + type + "/unknown/_history/1").status())
                    .as(type + " vread")
                    .isEqualTo(stated.contains("vread") ? 404 : 400);
            var search = gateway.get("/fhir/" + type);
            assertThat(search.status()).as(type + " search").isEqualTo(stated.contains("search-type") ? 200 : 400);
            for (var parameter : resource.path("searchParam")) {
                var name = parameter.path("name").asString();
                var value = name.equals("_lastUpdated") || name.equals("date")
                        ? "gt2026-01-01"
                        : name.equals("_cursor") ? CURSOR : "x";
                assertThat(gateway.get("/fhir/" + type + "?" + name + "=" + value)
                                .status())
                        .as(type + "?" + name)
                        .isEqualTo(200);
            }
        }
    }

    private static final String CURSOR = "2026-01-01T00:00:00Z_0199f2d0-5c00-7000-8000-000000000001";

    @Test
    void everyStatedCreateTakesABodyAndEveryOtherRefusesIt() {
        for (var resource : rest.path("resource")) {
            var type = resource.path("type").asString();
            int status = gateway.post("/" + type, "{\"resourceType\":\"" + type + "\",\"nonsense\":1}")
                    .status();
            if (interactions(resource).contains("create")) {
                assertThat(status).as(type).isIn(201, 400, 422);
            } else {
                assertThat(status).as(type).isIn(400, 405, 501);
            }
        }
        assertThat(gateway.post("/Appointment", "{\"resourceType\":\"Appointment\"}")
                        .status())
                .isIn(400, 404, 405);
    }

    @Test
    void statesItsTypesItsFormatAndItsSystemInteractions() {
        var types = new ArrayList<String>();
        rest.path("resource")
                .forEach(resource -> types.add(resource.path("type").asString()));
        assertThat(types)
                .contains("ServiceRequest", "Task", "Patient", "Condition", "QuestionnaireResponse")
                .doesNotContain("OperationDefinition");
        assertThat(interactions(rest)).containsExactlyInAnyOrder("transaction", "batch");
        for (var format : gateway.get("/fhir/metadata").json().path("format")) {
            var asked = URLEncoder.encode(format.asString(), StandardCharsets.UTF_8);
            assertThat(gateway.get("/fhir/metadata?_format=" + asked).header("Content-Type"))
                    .contains(format.asString().replaceFirst(".*\\+", ""));
        }
        assertThat(gateway.get("/fhir/metadata").json().path("fhirVersion").asString())
                .isEqualTo("4.0.1");
    }

    private static List<String> interactions(JsonNode where) {
        var codes = new ArrayList<String>();
        where.path("interaction")
                .forEach(interaction -> codes.add(interaction.path("code").asString()));
        return codes;
    }
}
