package org.referralgateway.mapper;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A piece of a payload with its FHIRPath: a value, or an element with others in it. */
sealed interface PayloadPart {

    ElementPath path();

    /** What is in it; nothing in a value. */
    List<PayloadPart> parts();

    /**
     * A single value.
     *
     * @param text as it is compared: numbers by their size, times without idle zeros, a narrative by its being there
     */
    record Value(ElementPath path, String text) implements PayloadPart {
        @Override
        public List<PayloadPart> parts() {
            return List.of();
        }
    }

    /** An element with others in it, or several of the same name. */
    record Group(ElementPath path, List<PayloadPart> parts) implements PayloadPart {}

    /** All values in it, in order. */
    default List<Value> values() {
        return stream().toList();
    }

    private Stream<Value> stream() {
        return this instanceof Value value ? Stream.of(value) : parts().stream().flatMap(PayloadPart::stream);
    }

    /** The parts of a resource. The type's name is none of them. */
    static PayloadPart of(JsonNode resource, Shapes shapes, ElementPath path) {
        var type = resource.path("resourceType").asString("");
        return object(resource, shapes, shapes.resource(type).orElse(null), path);
    }

    private static PayloadPart object(JsonNode node, Shapes shapes, @Nullable Shape shape, ElementPath path) {
        var parts = new ArrayList<PayloadPart>();
        node.properties().forEach(member -> {
            var name = member.getKey();
            boolean beside = name.startsWith("_");
            var element = shape == null ? null : shape.elements().get(beside ? name.substring(1) : name);
            if (!name.equals("resourceType")) {
                var here = path.child(
                        element == null ? Quoted.name(name) : element.child().name());
                add(parts, any(member.getValue(), shapes, beside ? null : element, here));
            }
        });
        return new Group(path, parts);
    }

    /** Leaves out what says nothing: null, which only keeps a place, and what is empty. */
    private static void add(List<PayloadPart> parts, PayloadPart part) {
        if (part instanceof Value || !part.parts().isEmpty()) {
            parts.add(part);
        }
    }

    private static PayloadPart any(JsonNode node, Shapes shapes, Shape.@Nullable Element element, ElementPath path) {
        if (node.isArray()) {
            var items = new ArrayList<PayloadPart>();
            for (int i = 0; i < node.size(); i++) {
                add(items, any(node.get(i), shapes, element, path.at(i)));
            }
            return new Group(path, items);
        }
        if (node.isNull()) {
            return new Group(path, List.of());
        }
        if (!node.isObject()) {
            return new Value(path, text(node, path.name()));
        }
        if (element != null && element.anyResource()) {
            return of(node, shapes, path);
        }
        return object(
                node,
                shapes,
                element == null || element.below() == null
                        ? null
                        : element.below().get(),
                path);
    }

    private static String text(JsonNode node, String name) {
        if (name.equals("div")) {
            return "narrative";
        }
        if (node.isNumber()) {
            return new BigDecimal(node.asString()).stripTrailingZeros().toString();
        }
        var text = node.asString();
        return text.matches("[0-9-]{10}T[0-9:]{8}\\.[0-9]{1,9}(Z|[+-][0-9:]{5})")
                ? text.replaceFirst("\\.?0*(Z|[+-][0-9:]{5})$", "$1")
                : text;
    }
}
