package org.referralgateway.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What we publish for senders is right, and is what we do. */
class GuideTest {

    static Stream<String> examples() {
        return Checks.GUIDE.files().keySet().stream()
                .filter(name -> name.startsWith("example/") && !name.contains("index"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsValidForBothChecks(String name) {
        var content = Checks.GUIDE.files().getOrDefault(name, new byte[0]);

        assertThat(Checks.strict(content).problems()).isEmpty();
        assertThat(Checks.FAST.check(content).faults()).isEmpty();
        assertThat(Checks.REFERENCE.check(new String(content, UTF_8), List.of()))
                .filteredOn(Objection::isError)
                .extracting(Objection::text)
                .isEmpty();
    }

    @Test
    void everySampleIsValidForBothChecks() {
        for (var sample : Checks.files(Path.of("../deploy/samples"), ".json")) {
            var content = Checks.bytes(sample);
            assertThat(Checks.FAST.check(content).faults())
                    .as(sample.toString())
                    .isEmpty();
            assertThat(Checks.errors(new String(content, UTF_8)))
                    .as(sample.toString())
                    .isEmpty();
        }
    }

    @Test
    void theDefinitionsThemselvesAreValid() {
        for (var name : Checks.GUIDE.files().keySet()) {
            if (name.matches("(StructureDefinition|ValueSet)-.*")) {
                var json = new String(Checks.GUIDE.files().getOrDefault(name, new byte[0]), UTF_8);
                assertThat(Checks.REFERENCE.check(json, List.of()))
                        .filteredOn(Objection::isError)
                        .extracting(Objection::text)
                        .as(name)
                        .isEmpty();
            }
        }
    }

    @Test
    void theProfilesRefuseWhatTheGatewayRefuses() {
        var claims = "\"meta\":{\"profile\":[\"" + Guide.PROFILES + "referral-service-request\"]},";
        var start = "{\"resourceType\":\"ServiceRequest\"," + claims + "\"status\":\"active\",\"intent\":\"order\",";
        for (var rest : List.of(
                "\"subject\":{\"display\":\"x\"}}",
                "\"subject\":{\"reference\":\"Patient/1\"},\"doNotPerform\":true}",
                "\"subject\":{\"reference\":\"Patient/1\"},\"implicitRules\":\"http://example.org/rules\"}")) {
            assertThat(Checks.faults(start + rest)).as(rest).isNotEmpty();
            assertThat(Checks.errors(start + rest)).as(rest).isNotEmpty();
        }
        assertThat(Checks.faults(start + "\"subject\":{\"reference\":\"Patient/1\"}}"))
                .isEmpty();
    }

    @Test
    void theValueSetsAreTheClinicsTables() throws IOException {
        assertThat(codes("pain-conditions")).isEqualTo(column("conditions.csv", 2));
    }

    private static TreeSet<String> codes(String id) {
        var codes = new TreeSet<String>();
        Checks.GUIDE.definitions().stream()
                .filter(ValueSet.class::isInstance)
                .map(ValueSet.class::cast)
                .filter(valueSet -> valueSet.getIdElement().getIdPart().equals(id))
                .forEach(valueSet -> valueSet.getCompose()
                        .getInclude()
                        .forEach(include -> include.getConcept().forEach(concept -> codes.add(concept.getCode()))));
        return codes;
    }

    /** The first columns of these files hold no commas. */
    private static TreeSet<String> column(String table, int column) throws IOException {
        var values = new TreeSet<String>();
        Files.readAllLines(Path.of("src/main/resources/clinical", table)).stream()
                .skip(1)
                .map(line -> line.split(",", -1)[column])
                .forEach(values::add);
        return values;
    }

    @Test
    void thePackageIsATarOfAllFilesAndAlwaysTheSame() throws IOException {
        var bytes = Checks.GUIDE.npmPackage();
        assertThat(bytes).isEqualTo(Guide.shipped().npmPackage());
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/package.tgz"), bytes);

        assertThat(namesIn(bytes))
                .contains("package/package.json", "package/.index.json", "package/example/Patient-hazel-nutt.json")
                .hasSize(Checks.GUIDE.files().size());
    }

    private static List<String> namesIn(byte[] gzippedTar) throws IOException {
        var names = new ArrayList<String>();
        try (var tar = new GZIPInputStream(new ByteArrayInputStream(gzippedTar))) {
            for (var header = tar.readNBytes(512); header[0] != 0; header = tar.readNBytes(512)) {
                names.add(new String(header, 0, 100, UTF_8).replace("\0", ""));
                int size = Integer.parseInt(new String(header, 124, 11, UTF_8), 8);
                tar.skipNBytes((size + 511L) / 512 * 512);
            }
        }
        return names;
    }
}
