package org.referralgateway.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request of a referring practice, in a file. */
record Sample(Path file, String resourceType) {
    private static final JsonMapper JSON = new JsonMapper();

    /** In the order of their names; none if there is no such folder. */
    static List<Sample> allIn(Path folder) throws IOException {
        var samples = new ArrayList<Sample>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.list(folder)) {
                for (Path file : files.filter(each -> each.toString().endsWith(".json"))
                        .sorted()
                        .toList()) {
                    JsonNode content = JSON.readTree(Files.readString(file));
                    samples.add(new Sample(file, content.path("resourceType").asString("")));
                }
            }
        }
        return samples;
    }

    boolean isReferral() {
        return resourceType.equals("ServiceRequest");
    }

    /** Where it is sent to: a Bundle to the base, anything else to its type. */
    String path() {
        return resourceType.equals("Bundle") ? "/fhir" : "/fhir/" + resourceType;
    }
}
