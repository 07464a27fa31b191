package org.referralgateway.validation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The faults of {@code mutations.txt}: what to put where, one a line. */
final class WrittenFaults {

    private static final Path FILE = Path.of("src/test/resources/mutations.txt");
    private static final JsonMapper JSON = new JsonMapper();
    private static final int TRIES = 20;

    /**
     * @param where types of resources, a property's name after a dot, or a star
     * @param value JSON, a plus before what is appended, or a dash to remove
     */
    private record Line(String kind, Set<String> where, String property, String value) {

        static Line of(String text) {
            var cells = text.split(" \\| ", 4);
            return new Line(cells[0], Set.of(cells[1].split(" ")), cells[2], cells[3]);
        }

        boolean fits(Place place) {
            return where.contains("*")
                    || where.contains("." + place.name())
                    || where.contains(place.object().path("resourceType").asString(""));
        }

        void put(ObjectNode into) {
            if (value.equals("-")) {
                into.remove(property);
            } else if (value.startsWith("+")) {
                if (into.path(property) instanceof ArrayNode array) {
                    array.add(JSON.readTree(value.substring(1)));
                }
            } else {
                into.set(property, JSON.readTree(value));
            }
        }
    }

    /** An object, and the name of the property that it is a value of. */
    private record Place(String name, ObjectNode object) {}

    private final List<Line> lines;

    WrittenFaults() {
        try {
            lines = Files.readAllLines(FILE).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(Line::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Puts one fault where it fits.
     *
     * @return its kind
     */
    String put(ObjectNode whole, Random random) {
        var places = new ArrayList<Place>();
        places("", whole, places);
        for (int i = 0; i < TRIES; i++) {
            var line = lines.get(random.nextInt(lines.size()));
            var fitting = places.stream().filter(line::fits).toList();
            if (!fitting.isEmpty()) {
                line.put(fitting.get(random.nextInt(fitting.size())).object());
                return line.kind();
            }
        }
        return "none";
    }

    private static void places(String name, JsonNode node, List<Place> into) {
        if (node instanceof ObjectNode object) {
            into.add(new Place(name, object));
            object.properties().forEach(member -> places(member.getKey(), member.getValue(), into));
        } else if (node instanceof ArrayNode array) {
            array.forEach(child -> places(name, child, into));
        }
    }
}
