package org.referralgateway.mapper;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a sender says about the form of a payload. Source: <a href="http://hl7.org/fhir/R4/http.html#mime-type">MIME
 * types</a> and <a href="http://hl7.org/fhir/R4/http.html#version-parameter">the parameter fhirVersion</a>.
 *
 * @param mediaType in lower case, without parameters; empty where none was sent
 * @param parameters by their names in lower case
 */
record ContentType(String mediaType, Map<String, String> parameters) {

    private static final Set<String> JSON = Set.of("application/fhir+json", "application/json", "text/json");
    private static final Set<String> LINES_OF_JSON =
            Set.of("application/fhir+ndjson", "application/ndjson", "application/x-ndjson", "application/jsonl");
    private static final Set<String> XML = Set.of("application/fhir+xml", "application/xml", "text/xml");

    static ContentType of(@Nullable String header) {
        var parts = (header == null ? "" : header).split(";", -1);
        var parameters = new HashMap<String, String>();
        for (int i = 1; i < parts.length; i++) {
            var pair = parts[i].split("=", 2);
            if (pair.length == 2) {
                parameters.putIfAbsent(pair[0].strip().toLowerCase(Locale.ROOT), unquoted(pair[1].strip()));
            }
        }
        return new ContentType(parts[0].strip().toLowerCase(Locale.ROOT), Map.copyOf(parameters));
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    boolean isJson() {
        return JSON.contains(mediaType);
    }

    boolean isLinesOfJson() {
        return LINES_OF_JSON.contains(mediaType);
    }

    /** JSON has no other encoding than UTF-8, whatever the header says; XML has. */
    boolean isXml() {
        return XML.contains(mediaType)
                && parameters.getOrDefault("charset", "utf-8").equalsIgnoreCase("utf-8");
    }

    /** The version of FHIR that the header names, as it names it. */
    Optional<String> fhirVersion() {
        return Optional.ofNullable(parameters.get("fhirversion"));
    }
}
