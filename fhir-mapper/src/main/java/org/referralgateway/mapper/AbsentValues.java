package org.referralgateway.mapper;

import ca.uhn.fhir.context.FhirContext;
import java.util.LinkedHashSet;
import java.util.Set;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Resource;

/**
 * Takes out the elements of which nothing was sent but why they have no value (data-absent-reason and other extensions). HAPI
 * leaves an element that is there and has no value, so that {@code hasBirthDate()} holds and {@code getBirthDate()} gives
 * null: to a mapping such an element is not there. Source: <a
 * href="http://hl7.org/fhir/R4/json.html#primitive">JSON, primitive elements</a>.
 */
final class AbsentValues {

    private static final String OWN = AbsentValues.class.getName();

    private AbsentValues() {}

    /** Looks only where a property begins with an underscore: the usual payload is not walked through once more. */
    static void removeFrom(FhirContext fhir, Resource resource, String json) {
        if (!json.contains("\"_")) {
            return;
        }
        Nested.withAll(resource).forEach(one -> {
            note(one);
            for (var primitive : fhir.newTerser().getAllPopulatedChildElementsOfType(one, PrimitiveType.class)) {
                if (!primitive.hasValue()) {
                    primitive.setExtension(null);
                    primitive.setId(null);
                }
            }
        });
    }

    /** A resource's own elements that were taken out, so that they are named like others that no field came from. */
    @SuppressWarnings("unchecked")
    static Set<String> of(Resource resource) {
        return resource.getUserData(OWN) instanceof Set<?> names ? (Set<String>) names : Set.of();
    }

    private static void note(Resource resource) {
        var absent = new LinkedHashSet<String>();
        for (var property : resource.children()) {
            if (property.getValues().stream()
                    .anyMatch(value -> value instanceof PrimitiveType<?> one && isAbsent(one))) {
                absent.add(property.getName().replace("[x]", ""));
            }
        }
        if (!absent.isEmpty()) {
            resource.setUserData(OWN, absent);
        }
    }

    private static boolean isAbsent(PrimitiveType<?> primitive) {
        return !primitive.hasValue() && !primitive.isEmpty();
    }
}
