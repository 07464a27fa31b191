package org.referralgateway.mapper;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which elements a resource, a datatype or a backbone element may have in JSON.
 *
 * @param elements by the name used in JSON, choices spelled out ({@code onsetDateTime}, {@code onsetAge})
 * @param required elements with a minimum of one, in FHIR's order
 */
record Shape(String type, boolean resource, Map<String, Element> elements, List<Child> required) {

    /**
     * A child as FHIR defines it; for a choice, several elements share one child.
     *
     * @param name without {@code [x]}
     */
    record Child(String name, boolean choice, boolean list) {}

    /** What stands behind one JSON name. Exactly one of format, below and anyResource says what its value is. */
    record Element(
            String name,
            Child child,
            @Nullable PrimitiveFormat format,
            @Nullable Set<String> codes,
            @Nullable Supplier<Shape> below,
            boolean anyResource) {}
}
