package org.referralgateway.mapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.referralgateway.mapper.PayloadForm.Converted;

/** Real files that others wrote, in XML and in STU3. */
class ExampleFormsTest {

    private static final Path FOLDER = Path.of(System.getProperty("examples.folder", "../../shared/examples"));

    @BeforeEach
    void thereAreExamples() {
        Assumptions.assumeTrue(
                Files.isDirectory(FOLDER),
                "SKIPPED: there is no folder " + FOLDER + "; set -Dexamples.folder to one with real FHIR files");
    }

    private static List<Path> files(String part) {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains(part))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Converted converted(Path file, String contentType) {
        var form = Payloads.FORMS.read(Payloads.bytes(file), contentType);
        assertThat(form).as(file.toString()).isInstanceOf(Converted.class);
        return (Converted) form;
    }

    @Test
    void realXmlIsReadWithoutAProblem() {
        assertThat(files(".xml")).isNotEmpty().allSatisfy(file -> {
            var converted = converted(file, "application/fhir+xml");
            assertThat(converted.checked().problems()).isEmpty();
            assertThat(Payloads.parsed(converted.json()).equalsDeep(asHapiReads(file)))
                    .as("HAPI reads the same of " + file)
                    .isTrue();
        });
    }

    private static Resource asHapiReads(Path file) {
        var xml = Payloads.FHIR.newXmlParser();
        xml.setOverrideResourceIdWithBundleEntryFullUrl(false);
        return (Resource) xml.parseResource(new String(Payloads.bytes(file), UTF_8));
    }

    @Test
    void realStu3LosesOnlyWhatItSays() {
        assertThat(files("nhs-ers-stu3")).isNotEmpty().allSatisfy(file -> {
            var converted = converted(file, "application/fhir+json");
            assertThat(converted.checked().isAcceptable()).isTrue();
            assertThat(converted.checked().problems())
                    .extracting(MappingIssue::code, MappingIssue::expression)
                    .containsExactly(
                            tuple(IssueCode.CONVERTED, "ReferralRequest"),
                            tuple(IssueCode.LOST_IN_CONVERSION, "ReferralRequest.contained[2].meta.versionId"));
        });
    }
}
