package org.referralgateway.mapper;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.LenientErrorHandler;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Takes out what HAPI leaves of a value that is none of its type, such as the integer 2147483648: an element that is there,
 * has a text and no value, so that {@code hasFrequency()} holds and {@code getFrequency()} fails.
 */
final class WrongValues extends LenientErrorHandler {

    private boolean found;

    WrongValues() {
        super(false);
        disableAllErrors();
    }

    @Override
    public void invalidValue(@Nullable IParseLocation location, @Nullable String value, @Nullable String error) {
        found = true;
    }

    /** Looks only where there was one: the usual payload has none, and is not walked through once more. */
    void removeFrom(FhirContext fhir, Resource resource) {
        if (!found) {
            return;
        }
        Nested.withAll(resource).forEach(one -> {
            for (var primitive : fhir.newTerser().getAllPopulatedChildElementsOfType(one, PrimitiveType.class)) {
                if (isReadAsNumber(primitive) && primitive.getValue() == null && primitive.getValueAsString() != null) {
                    primitive.setValueAsString(null);
                }
            }
        });
    }

    /** Of dates and codes HAPI gives null, and what is left of them is told as not read. */
    private static boolean isReadAsNumber(PrimitiveType<?> primitive) {
        return primitive instanceof IntegerType || primitive instanceof BooleanType;
    }
}
