package org.referralgateway.mapper;

import java.util.List;
import java.util.function.BiConsumer;
import org.hl7.fhir.r4.model.AdverseEvent;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.ClinicalImpression;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * What somebody made of the patient and wrote into a resource that has no place of its own in a referral. It is read as text,
 * because a danger may stand there and nowhere else: "acutely suicidal" in the summary of a ClinicalImpression.
 */
final class Assessments {

    private static final String IN_ERROR = "entered-in-error";

    private final Belongings belongings;
    private final BiConsumer<@Nullable String, String> say;

    /**
     * @param say takes each text with its FHIRPath
     */
    Assessments(Belongings belongings, BiConsumer<@Nullable String, String> say) {
        this.belongings = belongings;
        this.say = say;
    }

    void each() {
        belongings.all(ClinicalImpression.class).forEach(this::impression);
        belongings.all(RiskAssessment.class).forEach(this::risk);
        belongings.all(DetectedIssue.class).forEach(this::issue);
        belongings.all(AdverseEvent.class).forEach(this::event);
        belongings.all(Communication.class).forEach(this::communication);
    }

    private void impression(Found<ClinicalImpression> found) {
        var impression = found.resource();
        if (holds(impression.getStatusElement())) {
            say.accept(impression.getDescription(), found.path() + ".description");
            say.accept(impression.getSummary(), found.path() + ".summary");
            for (int i = 0; i < impression.getFinding().size(); i++) {
                var finding = impression.getFinding().get(i);
                label(finding.getItemCodeableConcept(), found.path() + ".finding[" + i + "].itemCodeableConcept");
            }
            notes(impression.getNote(), found);
        }
    }

    /** "Suicide: high" is one thing. */
    private void risk(Found<RiskAssessment> found) {
        var risk = found.resource();
        if (holds(risk.getStatusElement())) {
            for (int i = 0; i < risk.getPrediction().size(); i++) {
                var prediction = risk.getPrediction().get(i);
                var outcome = Concepts.of(prediction.getOutcome()).label();
                var how = Concepts.of(prediction.getQualitativeRisk()).label();
                var said = how.isEmpty() ? outcome : how + " risk: " + outcome;
                say.accept(outcome.isEmpty() ? null : said, found.path() + ".prediction[" + i + "].outcome");
            }
            say.accept(risk.getMitigation(), found.path() + ".mitigation");
            notes(risk.getNote(), found);
        }
    }

    private void issue(Found<DetectedIssue> found) {
        if (holds(found.resource().getStatusElement())) {
            label(found.resource().getCode(), found.path() + ".code");
            say.accept(found.resource().getDetail(), found.path() + ".detail");
        }
    }

    private void event(Found<AdverseEvent> found) {
        label(found.resource().getEvent(), found.path() + ".event");
    }

    private void communication(Found<Communication> found) {
        var communication = found.resource();
        if (holds(communication.getStatusElement())) {
            for (int i = 0; i < communication.getPayload().size(); i++) {
                if (communication.getPayload().get(i).getContent() instanceof StringType text) {
                    say.accept(text.getValue(), found.path() + ".payload[" + i + "].content");
                }
            }
            notes(communication.getNote(), found);
        }
    }

    private static boolean holds(Enumeration<?> status) {
        return !IN_ERROR.equals(Concepts.code(status));
    }

    private void label(CodeableConcept concept, String path) {
        say.accept(Concepts.of(concept).label(), path);
    }

    private void notes(List<Annotation> notes, Found<? extends Resource> found) {
        for (int i = 0; i < notes.size(); i++) {
            say.accept(notes.get(i).getText(), found.path() + ".note[" + i + "].text");
        }
    }
}
