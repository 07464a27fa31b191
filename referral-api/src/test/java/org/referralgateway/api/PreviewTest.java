package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** {@code $preview} says exactly what would happen, and leaves nothing behind. */
class PreviewTest {

    private static final Path SAMPLES = Path.of("../deploy/samples");

    private final TestGateway gateway = TestGateway.shared();

    static List<Path> samples() throws IOException {
        try (var files = Files.list(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aPreviewSaysWhatTheRealRequestThenDoes(Path sample) throws IOException {
        var body = Files.readString(sample).replace("\"value\": \"", "\"value\": \"" + Referrals.newNumber() + "-");
        boolean bundle = body.contains("\"Bundle\"");
        long before = rows();
        var preview = gateway.post(bundle ? "/$preview" : "/ServiceRequest/$preview", body);
        assertThat(rows()).isEqualTo(before);
        assertThat(preview.status()).as(preview.body()).isEqualTo(200);

        var real = gateway.post(bundle ? "" : "/ServiceRequest", body);

        assertThat(parameter(preview, "status").path("valueInteger").asInt()).isEqualTo(real.status());
        if (!bundle) {
            assertThat(issues(parameter(preview, "outcome").path("resource"))).isEqualTo(issues(real.json()));
        }
    }

    @Test
    void aPreviewNamesTheTasksAndWhereEachFieldComesFrom() {
        var preview = gateway.post("/ServiceRequest/$preview", Referrals.aReferral(Referrals.newNumber()));

        assertThat(parameter(preview, "action").path("valueCode").asString()).isEqualTo("created");
        assertThat(preview.body()).contains("completeness-check", "triage-on-receipt", "patient.name", "\"copied\"");
    }

    @Test
    void aPreviewOfWhatIsThereSaysSo() {
        var number = Referrals.newNumber();
        gateway.post("/ServiceRequest", Referrals.aReferral(number));

        assertThat(parameter(gateway.post("/ServiceRequest/$preview", Referrals.aReferral(number)), "action")
                        .path("valueCode")
                        .asString())
                .isEqualTo("already-known");
        assertThat(parameter(
                                gateway.post(
                                        "/ServiceRequest/$preview",
                                        Referrals.aReferral(number).replace("urgent", "routine")),
                                "status")
                        .path("valueInteger")
                        .asInt())
                .isEqualTo(409);
    }

    private long rows() {
        return gateway.db()
                .sql(
                        "select (select count(*) from submission) + (select count(*) from resource) + (select count(*) from parked_submission)")
                .query(Long.class)
                .single();
    }

    private static JsonNode parameter(TestGateway.Answer answer, String name) {
        for (var parameter : answer.json().path("parameter")) {
            if (parameter.path("name").asString().equals(name)) {
                return parameter;
            }
        }
        throw new AssertionError("no parameter " + name + " in " + answer.body());
    }

    private static List<String> issues(JsonNode outcome) {
        var issues = new ArrayList<String>();
        outcome.path("issue")
                .forEach(issue -> issues.add(issue.path("diagnostics").asString()));
        return issues;
    }

    @Test
    void aBatchIsPreviewedEntryByEntry() {
        var number = Referrals.newNumber();
        var good = Referrals.aReferral(number);
        var bad = Referrals.aReferral(number + "-b").replace("\"active\"", "\"draft\"");
        var batch = """
                {"resourceType": "Bundle", "type": "batch", "entry": [
                  {"resource": %s, "request": {"method": "POST", "url": "ServiceRequest"}},
                  {"resource": %s, "request": {"method": "POST", "url": "ServiceRequest"}}]}
                """.formatted(good, bad);
        var preview = gateway.post("/$preview", batch);
        var real = gateway.post("", batch);

        assertThat(preview.json().at("/parameter/0/valueInteger").asInt()).isEqualTo(200);
        assertThat(real.status()).isEqualTo(200);
        assertThat(real.json().at("/entry/0/response/status").asString()).startsWith("201");
        assertThat(real.json().at("/entry/1/response/status").asString()).isEqualTo("422");
        assertThat(preview.body())
                .contains("Bundle.entry[0].resource", "\"valueCode\":\"created\"", "\"valueCode\":\"refused\"")
                .contains("status-not-actionable");
    }
}
