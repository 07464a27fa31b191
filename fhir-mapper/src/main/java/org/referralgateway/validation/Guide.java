package org.referralgateway.validation;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import tools.jackson.databind.json.JsonMapper;

/** Our implementation guide: profiles and value sets, with examples, as they lie in {@code ig/package}. */
public final class Guide {

    /** What the canonical URLs of its profiles begin with. */
    public static final String PROFILES = "http://referralgateway.org/fhir/StructureDefinition/";

    /** Of the guide itself. */
    public static final String CANONICAL =
            "http://referralgateway.org/fhir/ImplementationGuide/org.referralgateway.referrals";

    private static final String FOLDER = "/ig/package/";

    private final Map<String, byte[]> files;
    private final List<Resource> definitions;

    private Guide(Map<String, byte[]> files, List<Resource> definitions) {
        this.files = files;
        this.definitions = definitions;
    }

    /** The one that comes with the gateway; it never changes, so it is read once. */
    public static Guide shipped() {
        return Shipped.GUIDE;
    }

    private static final class Shipped {
        static final Guide GUIDE = load();
    }

    private static Guide load() {
        var files = new LinkedHashMap<String, byte[]>();
        var definitions = new ArrayList<Resource>();
        var parser = FhirContext.forR4Cached().newJsonParser();
        files.put("package.json", read("package.json"));
        for (var folder : List.of("", "example/")) {
            var index = read(folder + ".index.json");
            files.put(folder + ".index.json", index);
            for (var file : new JsonMapper().readTree(index).path("files")) {
                var name = folder + file.path("filename").asString();
                var bytes = read(name);
                files.put(name, bytes);
                if (folder.isEmpty()) {
                    definitions.add((Resource) parser.parseResource(new String(bytes, StandardCharsets.UTF_8)));
                }
            }
        }
        return new Guide(files, List.copyOf(definitions));
    }

    private static byte[] read(String name) {
        try (var in = Guide.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("The guide has no file " + name + ".");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Profiles, value sets and the guide itself. */
    public List<Resource> definitions() {
        return definitions;
    }

    List<StructureDefinition> profiles() {
        return definitions.stream()
                .filter(StructureDefinition.class::isInstance)
                .map(StructureDefinition.class::cast)
                .toList();
    }

    /** The same, for HAPI. */
    List<? extends IBaseResource> resources() {
        return definitions;
    }

    /** File names and contents, as in the package. */
    public Map<String, byte[]> files() {
        return files;
    }

    /** The guide as an NPM-style package, as FHIR's tools read it: a gzipped tar. The same bytes every time. */
    public byte[] npmPackage() {
        var tar = new TarFile();
        files.forEach((name, content) -> tar.add("package/" + name, content));
        return tar.gzipped();
    }
}
