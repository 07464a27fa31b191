package org.referralgateway.api.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Puts a mark into everything in a resource that tells of a person or that somebody wrote in their own words. The mark says
 * which element it was in, so that a leak can be followed to its spring.
 */
final class Canaries {

    /** Finds any mark, however it was cut up or put in other letters. */
    static final Pattern MARK = Pattern.compile("(?i)cnry[a-z]{2,}");

    /** Nobody's birthday. */
    static final String BIRTH_DATE = "1903-07-19";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Path SAMPLES = Path.of("../deploy/samples");

    /** Words of a person or of somebody who writes about one; codes and systems are not. */
    private static final Set<String> WORDS = Set.of(
            "family",
            "given",
            "text",
            "display",
            "line",
            "city",
            "district",
            "postalCode",
            "description",
            "title",
            "patientInstruction",
            "name",
            "valueString",
            "comment",
            "subscriberId",
            "ifNoneExist");

    private Canaries() {}

    static List<Path> samples() {
        try (var files = Files.list(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A sample whose numbers are its own, with a mark everywhere. */
    static String marked(Path sample, String run) {
        try {
            return marked(Files.readString(sample), run);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param run letters that make its numbers different from those of another run
     */
    static String marked(String json, String run) {
        var tree = JSON.readTree(json);
        mark(tree, run);
        return JSON.writeValueAsString(tree);
    }

    private static void mark(JsonNode node, String run) {
        if (node instanceof ObjectNode object) {
            for (var field : List.copyOf(object.propertyNames())) {
                var value = object.get(field);
                if (value.isString()) {
                    object.put(field, marked(object, field, value.asString(), run));
                } else if (WORDS.contains(field) && value instanceof ArrayNode array) {
                    for (int i = 0; i < array.size(); i++) {
                        if (array.get(i).isString()) {
                            array.set(i, StringNode.valueOf(array.get(i).asString() + " " + mark(field, run)));
                        }
                    }
                    mark(array, run);
                } else {
                    mark(value, run);
                }
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(each -> mark(each, run));
        }
    }

    private static String marked(ObjectNode parent, String field, String value, String run) {
        if (field.equals("birthDate")) {
            return BIRTH_DATE;
        }
        if (field.equals("div")) {
            return value.replaceFirst("</div>\\s*$", mark(field, run) + "</div>");
        }
        if (field.equals("data")) {
            return mark(field, run) + "0".repeat((4 - mark(field, run).length() % 4) % 4);
        }
        if (field.equals("value") && (parent.has("system") || parent.has("use") || parent.has("type"))) {
            return value + mark(field, run);
        }
        if (field.equals("ifNoneExist")) {
            return value + mark("value", run);
        }
        return WORDS.contains(field) ? value + " " + mark(field, run) : value;
    }

    private static String mark(String field, String run) {
        return "Cnry" + field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1) + run;
    }
}
