package org.referralgateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.referralgateway.bench.Payload.Shape;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PayloadTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T08:00:00Z");

    @ParameterizedTest
    @EnumSource
    void isDifferentEachTimeAndLeavesNoMarker(Shape shape) {
        var payload = Payload.of(shape, "0a1b2c3d", NOW);
        Set<String> patients = new HashSet<>();
        Set<String> placerNumbers = new HashSet<>();
        for (long index = 0; index < 100; index++) {
            String text = new String(payload.get(index), StandardCharsets.UTF_8);
            JsonNode body = new JsonMapper().readTree(text);

            assertThat(text).doesNotContainPattern("@[A-Z]+@");
            patients.add(only(body, "Patient").at("/identifier/0/value").asString());
            placerNumbers.add(
                    only(body, "ServiceRequest").at("/identifier/0/value").asString());
        }
        assertThat(patients).hasSize(100);
        assertThat(placerNumbers).hasSize(100);
    }

    @ParameterizedTest
    @EnumSource(names = {"BUNDLE", "BUNDLE20K"})
    void refersOnlyToItsOwnEntries(Shape shape) {
        JsonNode bundle =
                new JsonMapper().readTree(Payload.of(shape, "0a1b2c3d", NOW).get(4_711));
        Set<String> fullUrls = new HashSet<>();
        bundle.path("entry").forEach(entry -> fullUrls.add(entry.path("fullUrl").asString()));

        assertThat(fullUrls)
                .hasSize(bundle.path("entry").size())
                .allMatch(
                        url -> url.matches("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}"));
        assertThat(bundle.findValuesAsString("reference")).isNotEmpty().isSubsetOf(fullUrls);
    }

    @Test
    void hasTheSizesThatTheGoalsNames() {
        assertThat(Payload.of(Shape.CONTAINED, "0a1b2c3d", NOW).get(1)).hasSizeBetween(3_800, 4_400);
        assertThat(Payload.of(Shape.BUNDLE, "0a1b2c3d", NOW).get(1)).hasSizeBetween(3_800, 4_400);
        assertThat(Payload.of(Shape.BUNDLE20K, "0a1b2c3d", NOW).get(1)).hasSizeBetween(19_000, 21_500);
    }

    private static JsonNode only(JsonNode body, String type) {
        if (body.path("resourceType").asString().equals(type)) {
            return body;
        }
        for (JsonNode part : body.path("contained")) {
            if (part.path("resourceType").asString().equals(type)) {
                return part;
            }
        }
        for (JsonNode entry : body.path("entry")) {
            if (entry.at("/resource/resourceType").asString().equals(type)) {
                return entry.path("resource");
            }
        }
        throw new AssertionError("no " + type);
    }
}
