package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.hl7.fhir.r4.model.BackboneElement;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Narrative.NarrativeStatus;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.referralgateway.clinical.tables.ElementTable;

/**
 * Nothing is dropped in silence: compares what was sent with where the referral's fields came from. Each element of each
 * resource that no field came from is named, unless it carries no content: by the table, as a reference to something that
 * is read by itself, or as a narrative that repeats the elements. Only the elements of a resource are looked at, not what is
 * inside them.
 */
final class Dropped {

    private final Belongings belongings;
    private final ElementTable table;
    private final Trace trace;
    private final List<String> paths = new ArrayList<>();

    Dropped(Belongings belongings, ElementTable table, Trace trace) {
        this.belongings = belongings;
        this.table = table;
        this.trace = trace;
    }

    /** FHIRPaths of what was not read; each resource with some is said once, as an issue. */
    List<String> paths() {
        for (var node : belongings.all()) {
            if (node.key() == null) {
                look(node.resource(), node.path());
            }
        }
        return paths;
    }

    private void look(Resource resource, String path) {
        if (trace.isLeftOut(path)) {
            paths.add(path);
            return;
        }
        var names = new LinkedHashSet<String>();
        boolean anythingRead = false;
        for (var property : resource.children()) {
            if (property.hasValues()) {
                anythingRead |= look(resource, property, path, names);
            }
        }
        for (var absent : AbsentValues.of(resource)) {
            if (!table.hasNoContent(resource.fhirType(), absent) && names.add(absent)) {
                paths.add(path + "." + absent);
            }
        }
        if (anythingRead && !isAdditional(resource) && names.remove("text")) {
            paths.remove(path + ".text");
        }
        if (!names.isEmpty()) {
            trace.information(
                    IssueCode.NOT_MAPPED,
                    path,
                    "Kept as sent, but not read into the referral: " + resource.fhirType() + "."
                            + String.join(", ", names) + ". A coordinator sees that it is there.");
        }
    }

    /** True where a field of the referral came from this element. */
    private boolean look(Resource resource, Property property, String path, LinkedHashSet<String> names) {
        var name = property.getName();
        var element = name.endsWith("[x]") ? name.substring(0, name.length() - 3) : name;
        if (table.hasNoContent(resource.fhirType(), element)) {
            return false;
        }
        boolean repeats = property.getMaxCardinality() > 1;
        boolean anythingRead = false;
        var here = path + "." + element;
        for (int i = 0; i < property.getValues().size(); i++) {
            var value = property.getValues().get(i);
            var one = repeats ? here + "[" + i + "]" : here;
            if (trace.covers(one) || trace.covers(here)) {
                anythingRead = true;
            } else if (!saysNothing(resource, value)) {
                names.add(element);
                paths.add(one);
            }
        }
        return anythingRead;
    }

    private boolean saysNothing(Resource resource, Base value) {
        if (value.isEmpty()) {
            return true;
        }
        if (value instanceof Reference reference) {
            return belongings.resolve(resource, reference).isPresent();
        }
        return value instanceof BackboneElement && onlyPoints(resource, value);
    }

    /** True for a group of elements that holds nothing but references to what is read by itself. */
    private boolean onlyPoints(Resource resource, Base group) {
        return group.children().stream()
                .flatMap(child -> child.getValues().stream())
                .filter(value -> !value.isEmpty())
                .allMatch(value -> value instanceof Reference reference
                        && belongings.resolve(resource, reference).isPresent());
    }

    /** A narrative may say more than the elements; mostly it only repeats them. */
    private static boolean isAdditional(Resource resource) {
        return resource instanceof DomainResource domain
                && domain.hasText()
                && domain.getText().getStatus() == NarrativeStatus.ADDITIONAL;
    }
}
