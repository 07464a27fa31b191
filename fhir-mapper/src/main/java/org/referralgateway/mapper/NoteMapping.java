package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Narrative.NarrativeStatus;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.How;

/** What was written to the clinic, as plain text: notes of the request and its Task, and the CarePlan's narrative. */
final class NoteMapping {

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
            all(task.resource().getNote(), task.path());
        }
        for (var plan : CarePlans.of(request, belongings)) {
            add(plan.resource().getTitle(), plan.path() + ".title");
            add(plan.resource().getDescription(), plan.path() + ".description");
            CarePlans.outcomes(plan, (outcome, here) -> add(Concepts.of(outcome).label(), here));
            all(plan.resource().getNote(), plan.path());
        }
        return notes;
    }

    /** Only where it says that it says more than the elements. */
    private void narrative(ServiceRequest request, String path) {
        if (request.hasText() && request.getText().getStatus() == NarrativeStatus.ADDITIONAL) {
            var markup = request.getText().getDivAsString();
            add(markup == null ? null : PlainText.ofMarkup(markup), path + ".text");
        }
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
