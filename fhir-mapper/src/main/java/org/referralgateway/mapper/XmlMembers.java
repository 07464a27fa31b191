package org.referralgateway.mapper;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The members of one JSON object, as the elements of XML bring them one by one. */
final class XmlMembers {

    private final ObjectNode node = JsonNodeFactory.instance.objectNode();
    private final Map<String, Items> lists = new HashMap<>();

    /** A list's values, and what stands beside them: two arrays of the same length. */
    private record Items(ArrayNode values, ArrayNode beside) {
        Items() {
            this(JsonNodeFactory.instance.arrayNode(), JsonNodeFactory.instance.arrayNode());
        }
    }

    boolean isEmpty() {
        return node.isEmpty();
    }

    /** How many items a list has so far. */
    int count(String name) {
        var items = lists.get(name);
        return items == null ? 0 : items.values.size();
    }

    /** An element that may come once. Where it comes again it becomes an array, which is no shape that the check takes. */
    void single(String name, JsonNode value) {
        var first = node.get(name);
        if (first == null) {
            node.set(name, value);
        } else if (first instanceof ArrayNode several) {
            several.add(value);
        } else {
            node.set(name, JsonNodeFactory.instance.arrayNode().add(first).add(value));
        }
    }

    /**
     * An element of a list.
     *
     * @param value null where a primitive has only extensions
     * @param beside id and extensions of a primitive
     */
    void item(String name, @Nullable JsonNode value, @Nullable JsonNode beside) {
        var items = lists.computeIfAbsent(name, key -> new Items());
        items.values.add(value == null ? JsonNodeFactory.instance.nullNode() : value);
        items.beside.add(beside == null ? JsonNodeFactory.instance.nullNode() : beside);
        if (value != null) {
            node.set(name, items.values);
        }
        if (beside != null) {
            node.set("_" + name, items.beside);
        }
    }

    ObjectNode node() {
        return node;
    }
}
