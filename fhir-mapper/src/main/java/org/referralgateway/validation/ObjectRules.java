package org.referralgateway.validation;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What may and must be in a resource, a datatype or a backbone element.
 *
 * @param slots by the name used in JSON, choices spelled out
 * @param required elements with a minimum of one
 * @param limited elements that a profile allows fewer times than FHIR
 */
record ObjectRules(
        String type,
        boolean isResource,
        Map<String, Slot> slots,
        List<ElementRules> required,
        List<ElementRules> limited,
        List<Invariant> invariants) {

    /** The same with more rules. */
    ObjectRules with(List<Invariant> more) {
        return new ObjectRules(
                type,
                isResource,
                slots,
                required,
                limited,
                Stream.concat(invariants.stream(), more.stream()).distinct().toList());
    }

    /**
     * What stands behind one name of JSON.
     *
     * @param type FHIR's name of the type; {@code Resource} where any resource may stand
     * @param below what is in it; null in primitives and resources
     */
    record Slot(ElementRules element, String type, @Nullable Supplier<ObjectRules> below) {}
}
