package org.referralgateway.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the fast check accepts, the reference validator accepts. By default {@value #USUALLY} mutations, in minutes; the table in
 * the documentation is of {@code -Dvalidation.mutations=10000 -Dvalidation.record=true}.
 */
class DifferentialTest {

    private static final int USUALLY = 300;
    private static final int LARGEST_BASE = 16_000;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path FOLDER = Path.of(System.getProperty("examples.folder", "../../shared/examples"));
    private static final Path DOCUMENT = Path.of("../deploy/docs/validation.md");

    @Test
    void whatTheFastCheckAcceptsOfOurOwnTheReferenceAccepts() throws IOException {
        var agreement = new Agreement("samples, fixtures, guide's examples");
        int number = 0;
        for (var payload : Checks.own()) {
            agreement.add("own " + number++, payload);
        }
        assertThat(agreement.missed()).isEmpty();
        assertThat(agreement.accepted()).isGreaterThan(30);
        published(agreement, true);
    }

    @Test
    void whatTheFastCheckAcceptsOfRealFilesTheReferenceAccepts() throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(FOLDER),
                "SKIPPED: there is no folder " + FOLDER + "; set -Dexamples.folder to one with real FHIR files");
        var agreement = new Agreement("real files");
        for (var file : Checks.files(FOLDER, ".json")) {
            if (Files.size(file) < 500_000) {
                agreement.add(file.getFileName().toString(), Checks.bytes(file));
            }
        }
        assertThat(agreement.missed()).isEmpty();
        published(agreement, true);
    }

    @Test
    void whatTheFastCheckAcceptsOfMutationsTheReferenceAccepts() throws IOException {
        int count = Integer.getInteger("validation.mutations", USUALLY);
        int first = Integer.getInteger("validation.first-seed", 0);
        var mutations = new Mutations(bases());
        var agreement = new Agreement("mutations");
        for (int seed = first; seed < first + count; seed++) {
            var mutation = mutations.get(seed);
            agreement.add("seed " + seed, mutation.kinds(), mutation.json());
        }
        agreement.write();
        assertThat(agreement.missed()).isEmpty();
        assertThat(agreement.accepted()).isGreaterThan(count / 10);
        assertThat(agreement.rate()).isGreaterThan(0.97);
        published(agreement, false);
    }

    /**
     * Clean payloads: ours and, where they are here, the real ones; whole, and each resource of a Bundle by itself, since most
     * faults are those of one resource and the reference takes as much longer as a payload is larger.
     */
    private static List<byte[]> bases() {
        var payloads = new ArrayList<>(Checks.own());
        if (Files.isDirectory(FOLDER)) {
            Checks.files(FOLDER, ".json").forEach(file -> payloads.add(Checks.bytes(file)));
        }
        var all = new LinkedHashSet<String>();
        for (var payload : payloads) {
            var tree = JSON.readTree(payload);
            if (payload.length < LARGEST_BASE) {
                all.add(JSON.writeValueAsString(tree));
            }
            tree.path("entry").forEach(entry -> all.add(JSON.writeValueAsString(entry.path("resource"))));
        }
        return all.stream()
                .map(text -> text.getBytes(UTF_8))
                .filter(payload -> payload.length > 2 && isClean(payload))
                .toList();
    }

    private static boolean isClean(byte[] payload) {
        return Checks.strict(payload).problems().isEmpty()
                && Checks.FAST.check(payload).isAccepted();
    }

    /** The row of a lot in the documentation is what was measured; of the mutations only where as many were run. */
    private static void published(Agreement agreement, boolean always) throws IOException {
        var lines = Files.readAllLines(DOCUMENT);
        var start = agreement.row().substring(0, agreement.row().indexOf('|', 2) + 1);
        if (Boolean.getBoolean("validation.record")) {
            Files.write(
                    DOCUMENT,
                    lines.stream()
                            .map(line -> line.startsWith(start) ? agreement.row() : line)
                            .toList());
        } else if (always) {
            assertThat(lines).contains(agreement.row());
        } else {
            assertThat(lines).anySatisfy(line -> assertThat(line).startsWith(start));
        }
        assertThat(List.of(agreement.all())).doesNotContain(0);
    }
}
