package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Narrative.NarrativeStatus;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.How;

/**
 * What was written to the clinic, as plain text: notes of the request and its Task, the CarePlan's narrative, and what
 * somebody made of the patient.
 */
final class NoteMapping {

    /** LOINC: history of medication use; the list code of FHIR. */
    private static final Set<String> MEDICATION = Set.of("10160-0", "52471-0", "medications");

    /** LOINC: allergies; the list code of FHIR. */
    private static final Set<String> ALLERGIES = Set.of("48765-2", "52472-8", "allergies");

    private final Belongings belongings;
    private final Trace trace;
    private final List<String> notes = new ArrayList<>();

    NoteMapping(Belongings belongings, Trace trace) {
        this.belongings = belongings;
        this.trace = trace;
    }

    List<String> notes(ServiceRequest request, String path) {
        all(request.getNote(), path);
        add(request.getPatientInstruction(), path + ".patientInstruction");
        narrative(request, path);
        for (var task : belongings.tasks()) {
            add(task.resource().getDescription(), task.path() + ".description");
            add(Concepts.of(task.resource().getStatusReason()).label(), task.path() + ".statusReason");
            all(task.resource().getNote(), task.path());
        }
        for (var plan : CarePlans.of(request, belongings)) {
            add(plan.resource().getTitle(), plan.path() + ".title");
            add(plan.resource().getDescription(), plan.path() + ".description");
            CarePlans.outcomes(plan, (outcome, here) -> {
                if (!PriorityMapping.isPriority(outcome)) {
                    add(Concepts.of(outcome).label(), here);
                }
            });
            all(plan.resource().getNote(), plan.path());
        }
        emptyLists();
        new Assessments(belongings, this::add).each();
        return notes;
    }

    /** Only where it says that it says more than the elements. */
    private void narrative(ServiceRequest request, String path) {
        if (request.hasText() && request.getText().getStatus() == NarrativeStatus.ADDITIONAL) {
            var markup = request.getText().getDivAsString();
            add(markup == null ? null : PlainText.ofMarkup(markup), path + ".text");
        }
    }

    /** A list that says of itself that there is nothing to list: what it would have listed is in its code. */
    private void emptyLists() {
        for (var list : belongings.all(ListResource.class)) {
            var why = Concepts.of(list.resource().getEmptyReason());
            boolean nothing = why.codes().stream().anyMatch(code -> code.code().equals("nilknown"));
            var about = Concepts.of(list.resource().getCode());
            if (nothing && isAbout(about, list.resource().getTitle(), MEDICATION, "medic")) {
                add("No known medications.", list.path() + ".emptyReason");
            } else if (nothing && isAbout(about, list.resource().getTitle(), ALLERGIES, "allerg")) {
                add("No known allergies.", list.path() + ".emptyReason");
            }
        }
    }

    private static boolean isAbout(Referral.Concept concept, @Nullable String title, Set<String> codes, String word) {
        return concept.codes().stream().anyMatch(code -> codes.contains(code.code()))
                || (concept.label() + " " + title).toLowerCase(Locale.ROOT).contains(word);
    }

    private void all(List<Annotation> annotations, String path) {
        for (int i = 0; i < annotations.size(); i++) {
            add(annotations.get(i).getText(), path + ".note[" + i + "].text");
        }
    }

    private void add(@Nullable String text, String source) {
        if (text == null || text.isBlank()) {
            return;
        }
        var plain = PlainText.of(text);
        int known = notes.indexOf(plain);
        trace.add(
                "notes[" + (known < 0 ? notes.size() : known) + "]",
                source,
                plain.equals(text) ? How.COPIED : How.COMPUTED);
        if (known < 0) {
            notes.add(plain);
        }
    }
}
