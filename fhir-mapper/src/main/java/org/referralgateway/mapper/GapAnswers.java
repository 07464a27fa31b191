package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.CodeSystems;
import org.referralgateway.mapper.GapQuestions.Question;

/**
 * Answers to the {@link GapQuestionnaire}, as the resources that would have said the same; they take the way of all others
 * into the referral, and their lineage ends at the answer.
 */
final class GapAnswers {

    private static final Map<String, Question> QUESTIONS = GapQuestions.byLinkId();
    private static final Map<String, String> UNITS = Map.of(
            "blood-pressure.systolic", "mm[Hg]",
            "blood-pressure.diastolic", "mm[Hg]",
            "intraocular-pressure.right", "mm[Hg]",
            "intraocular-pressure.left", "mm[Hg]",
            "liver-panel.alt", "U/L",
            "liver-panel.ast", "U/L",
            "liver-panel.bilirubin", "mg/dL");

    private final QuestionnaireResponse response;
    private final List<Said> said = new ArrayList<>();

    /**
     * @param path of the item that says it
     */
    record Said(Resource resource, String path) {}

    private GapAnswers(QuestionnaireResponse response) {
        this.response = response;
    }

    static boolean isOne(QuestionnaireResponse response) {
        var canonical = response.getQuestionnaire();
        return canonical != null
                && canonical.replaceFirst("\\|.*$", "").equals(GapQuestionnaire.URL)
                && response.getStatus() != QuestionnaireResponseStatus.ENTEREDINERROR;
    }

    /** What a form says beyond the fields of patient, referrer and request. */
    static List<Said> of(QuestionnaireResponse response, String path) {
        var answers = new GapAnswers(response);
        answers.items(response.getItem(), path);
        return answers.said;
    }

    private void items(List<QuestionnaireResponseItemComponent> items, String path) {
        for (int i = 0; i < items.size(); i++) {
            var here = path + ".item[" + i + "]";
            switch (items.get(i).getLinkId() == null ? "" : items.get(i).getLinkId()) {
                case "treatment-history" -> tried(items.get(i), here);
                case "cord-injury" -> cordInjury(items.get(i), here);
                default -> {
                    for (int k = 0; k < items.get(i).getAnswer().size(); k++) {
                        answer(
                                items.get(i).getLinkId(),
                                items.get(i).getAnswer().get(k).getValue(),
                                here + ".answer[" + k + "].value");
                    }
                    items(items.get(i).getItem(), here);
                }
            }
        }
    }

    private void answer(@Nullable String linkId, @Nullable Type value, String path) {
        var question = linkId == null ? null : QUESTIONS.get(linkId);
        var text = Values.text(value);
        if (question == null || value == null || text == null) {
            return;
        }
        switch (question.linkId()) {
            case "current-medication" -> taken(text, path);
            case "allergies" -> allergy(text, path);
            case "problems-or-letter" -> condition(text, path);
            case "chemotherapy-history" -> procedure("Chemotherapy: " + text, path);
            case "amputation" -> procedure("Amputation: " + text, path);
            default -> {
                if (isMeasured(question)) {
                    said.add(new Said(observation(question, value), path));
                }
            }
        }
    }

    private static boolean isMeasured(Question question) {
        return question.code() != null || question.linkId().matches("(budapest|fibromyalgia|headache).*");
    }

    private Observation observation(Question question, Type value) {
        var observation = new Observation();
        observation.setStatus(ObservationStatus.FINAL);
        observation.setSubject(response.getSubject().copy());
        var code = new CodeableConcept().setText(question.text());
        if (question.code() != null) {
            code.addCoding(question.code().copy());
        }
        observation.setCode(code);
        if (response.hasAuthored()) {
            observation.setEffective(
                    new DateTimeType(response.getAuthoredElement().getValueAsString()));
        }
        observation.setValue(
                switch (value) {
                    case DecimalType number -> quantity(number.getValue(), UNITS.get(question.linkId()));
                    case org.hl7.fhir.r4.model.IntegerType number ->
                        quantity(new java.math.BigDecimal(number.getValue()), UNITS.get(question.linkId()));
                    case Coding coding -> new CodeableConcept().addCoding(coding);
                    default -> value;
                });
        return observation;
    }

    private static Quantity quantity(java.math.BigDecimal value, @Nullable String unit) {
        var quantity = new Quantity().setValue(value);
        return unit == null
                ? quantity
                : quantity.setUnit(unit).setSystem("http://unitsofmeasure.org").setCode(unit);
    }

    private void taken(String drug, String path) {
        var statement = new MedicationStatement();
        statement.setStatus(MedicationStatementStatus.ACTIVE);
        statement.setSubject(response.getSubject().copy());
        var medication = new CodeableConcept().setText(drug);
        if (isNone(drug)) {
            medication.addCoding(new Coding(CodeSystems.SNOMED_CT, "787481004", "No known medications"));
        }
        statement.setMedication(medication);
        said.add(new Said(statement, path));
    }

    private void allergy(String to, String path) {
        var allergy = new AllergyIntolerance();
        allergy.setPatient(response.getSubject().copy());
        var code = new CodeableConcept().setText(to);
        if (isNone(to)) {
            code.addCoding(new Coding(CodeSystems.SNOMED_CT, "716186003", "No known allergy"));
        }
        allergy.setCode(code);
        said.add(new Said(allergy, path));
    }

    private static boolean isNone(String answer) {
        return answer.strip().toLowerCase(Locale.ROOT).matches("none|no|nil|nkda|none known|no known.*");
    }

    private void condition(String text, String path) {
        var condition = new Condition();
        condition.setSubject(response.getSubject().copy());
        condition.setCode(new CodeableConcept().setText(text));
        said.add(new Said(condition, path));
    }

    private void procedure(String text, String path) {
        var procedure = new Procedure();
        procedure.setStatus(ProcedureStatus.COMPLETED);
        procedure.setSubject(response.getSubject().copy());
        procedure.setCode(new CodeableConcept().setText(text));
        said.add(new Said(procedure, path));
    }

    private void tried(QuestionnaireResponseItemComponent item, String path) {
        var parts = parts(item);
        var statement = new MedicationStatement();
        statement.setStatus(MedicationStatementStatus.STOPPED);
        statement.setSubject(response.getSubject().copy());
        statement.setMedication(new CodeableConcept().setText(parts.get("drug")));
        if (parts.containsKey("dose")) {
            statement.addDosage().setText(parts.get("dose"));
        }
        if (parts.containsKey("start") || parts.containsKey("stop")) {
            var period = new Period();
            period.setStartElement(parts.containsKey("start") ? new DateTimeType(parts.get("start")) : null);
            period.setEndElement(parts.containsKey("stop") ? new DateTimeType(parts.get("stop")) : null);
            statement.setEffective(period);
        }
        if (parts.containsKey("outcome")) {
            statement.addStatusReason().setText(parts.get("outcome"));
        }
        if (parts.containsKey("drug")) {
            said.add(new Said(statement, path));
        }
    }

    private void cordInjury(QuestionnaireResponseItemComponent item, String path) {
        var parts = parts(item);
        if (parts.containsKey("level")) {
            var condition = new Condition();
            condition.setSubject(response.getSubject().copy());
            condition.setCode(new CodeableConcept().setText("Spinal cord injury " + parts.get("level")));
            if (parts.containsKey("date")) {
                condition.setOnset(new DateTimeType(parts.get("date")));
            }
            said.add(new Said(condition, path));
        }
    }

    /** The answers of a group by the last part of their linkIds. */
    private static Map<String, String> parts(QuestionnaireResponseItemComponent item) {
        var parts = new HashMap<String, String>();
        for (var part : item.getItem()) {
            var text = part.hasAnswer() ? Values.text(part.getAnswerFirstRep().getValue()) : null;
            if (text != null && part.hasLinkId()) {
                parts.put(part.getLinkId().replaceFirst("^.*\\.", ""), text);
            }
        }
        return parts;
    }

    /** Answers by linkId, each with where it stands, for the fields of patient, referrer and request. */
    static Map<String, StringType> fields(QuestionnaireResponse response, String path) {
        var fields = new HashMap<String, StringType>();
        fields(response.getItem(), path, fields);
        return fields;
    }

    private static void fields(
            List<QuestionnaireResponseItemComponent> items, String path, Map<String, StringType> into) {
        for (int i = 0; i < items.size(); i++) {
            var here = path + ".item[" + i + "]";
            var item = items.get(i);
            var value = item.hasAnswer() ? item.getAnswerFirstRep().getValue() : null;
            var text = value instanceof Coding coding ? coding.getCode() : Values.text(value);
            if (text != null && item.hasLinkId()) {
                var answer = new StringType(text);
                answer.setId(here + ".answer[0].value");
                into.putIfAbsent(item.getLinkId(), answer);
            }
            fields(item.getItem(), here, into);
        }
    }
}
