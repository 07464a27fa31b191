package org.referralgateway.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.referralgateway.mapper.CheckedPayload;
import org.referralgateway.mapper.PayloadCheck;
import org.referralgateway.mapper.PayloadLimits;

/** The checks, made once for all tests because they take seconds, and payloads to try them on. */
final class Checks {

    static final Guide GUIDE = Guide.shipped();
    static final ReferenceCheck REFERENCE = new ReferenceCheck(GUIDE);
    static final FastCheck FAST = FastCheck.shipped();

    private static final PayloadCheck STRICT = new PayloadCheck(FhirContext.forR4Cached(), PayloadLimits.defaults());

    private Checks() {}

    static CheckedPayload strict(byte[] json) {
        return STRICT.check(json);
    }

    static List<Fault> faults(String json) {
        return FAST.check(json.getBytes(UTF_8)).faults();
    }

    /** Rules of the errors that the reference validator finds. */
    static List<String> errors(String json) {
        return REFERENCE.check(json, List.of()).stream()
                .filter(Objection::isError)
                .map(Objection::rule)
                .toList();
    }

    /** Our samples, fixtures and the guide's examples. */
    static List<byte[]> own() {
        var all = new ArrayList<byte[]>();
        files(Path.of("../deploy/samples"), ".json").forEach(file -> all.add(bytes(file)));
        files(Path.of("src/test/resources/fixtures"), "request.json").forEach(file -> all.add(bytes(file)));
        GUIDE.files().forEach((name, content) -> {
            if (name.startsWith("example/") && !name.contains("index")) {
                all.add(content);
            }
        });
        return all;
    }

    static List<Path> files(Path folder, String ending) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
