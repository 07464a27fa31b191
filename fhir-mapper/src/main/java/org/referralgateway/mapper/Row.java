package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.Concept;
import org.referralgateway.mapper.Referral.How;

/**
 * A part of the referral that is filled from one resource: each value that passes through leaves a line of lineage, from
 * element to field. What was not sent leaves none.
 *
 * @param field of the referral, for example {@code treatments[2]}
 * @param path FHIRPath prefix of the resource's elements
 */
record Row(Trace trace, String field, String path) {

    @Nullable
    String copied(String name, String element, @Nullable String value) {
        return said(name, element, How.COPIED, value);
    }

    @Nullable
    String computed(String name, String element, @Nullable String value) {
        return said(name, element, How.COMPUTED, value);
    }

    /** Notes of a resource, as plain text. */
    @Nullable
    String notes(String name, List<Annotation> notes) {
        var texts = new ArrayList<String>();
        for (int i = 0; i < notes.size(); i++) {
            var text = Values.text(notes.get(i));
            if (text != null) {
                texts.add(text);
                say(name, "note[" + i + "].text", text.equals(notes.get(i).getText()) ? How.COPIED : How.COMPUTED);
            }
        }
        return texts.isEmpty() ? null : String.join("\n", texts);
    }

    /** The labels of a repeated element, in one line. */
    @Nullable
    String labels(String name, String element, List<CodeableConcept> concepts) {
        var labels = new ArrayList<String>();
        for (int i = 0; i < concepts.size(); i++) {
            var label = copied(
                    name, element + "[" + i + "]", Concepts.of(concepts.get(i)).label());
            if (label != null) {
                labels.add(label);
            }
        }
        return labels.isEmpty() ? null : String.join(", ", labels);
    }

    Concept copied(String name, String element, Concept value) {
        if (!Concepts.isEmpty(value)) {
            say(name, element, How.COPIED);
        }
        return value;
    }

    private @Nullable String said(String name, String element, How how, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        say(name, element, how);
        return value;
    }

    void say(String name, String element, How how) {
        trace.add(field + "." + name, at(element), how);
    }

    /** FHIRPath of an element of the resource. */
    String at(String element) {
        return path + "." + element;
    }
}
