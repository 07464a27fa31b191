package org.referralgateway.mapper;

import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Finds every reference in a resource. */
final class References {

    private References() {}

    /** Calls back for each reference, except those in contained resources, which stand for themselves. */
    static void in(Resource resource, Consumer<Reference> found) {
        walk(resource, found);
    }

    private static void walk(Base element, Consumer<Reference> found) {
        if (element instanceof Reference reference) {
            found.accept(reference);
            return;
        }
        for (Property property : element.children()) {
            for (var value : property.getValues()) {
                if (value != null && !(value instanceof Resource)) {
                    walk(value, found);
                }
            }
        }
    }
}
