package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.CodeSystems;

/**
 * What is asked for each item of the minimum data set. A linkId is the item's name, with a part after a point where the item
 * has several. Scores only: the texts of copyrighted instruments are not ours to ship. Source: the clinic's reference notes,
 * section 2; codes of {@code instruments.csv} and {@code screening.csv}.
 */
final class GapQuestions {

    private static final Map<String, List<Question>> BY_ITEM = new LinkedHashMap<>();

    /**
     * @param code what is asked for, where a code system has it
     * @param options to choose from; none for an open question
     * @param parts of a group that may be filled in more than once
     */
    record Question(
            String linkId,
            String text,
            QuestionnaireItemType type,
            @Nullable Coding code,
            List<Coding> options,
            boolean repeats,
            List<Question> parts) {}

    private GapQuestions() {}

    static {
        put(
                "patient-identity",
                text("patient-identity.name", "Name of the patient"),
                open("patient-identity.birth-date", "Date of birth", QuestionnaireItemType.DATE),
                choice(
                        "patient-identity.sex",
                        "Administrative sex",
                        null,
                        own("female", "female"),
                        own("male", "male"),
                        own("other", "other"),
                        own("unknown", "unknown")),
                text("patient-identity.number", "A number by which you know the patient"));
        put(
                "patient-contact",
                text("patient-contact.phone", "Telephone number of the patient"),
                text("patient-contact.language", "Preferred language, as a code such as en or de-CH"));
        put("referrer", text("referrer.name", "Who refers"), text("referrer.phone", "Telephone number for our answer"));
        put(
                "request-details",
                open("request-details.authored-on", "Date of the request", QuestionnaireItemType.DATE),
                text("request-details.service", "What is asked for"));
        put("reason", text("reason", "Diagnosis of the pain"));
        put("onset", text("onset", "Since when: a date, or words such as 8 months ago"));
        put("body-site", text("body-site", "Where, and on which side"));
        put("pain-intensity", number("pain-intensity", "Pain now, 0 to 10", loinc("72514-3")));
        put(
                "treatment-history",
                group(
                        "treatment-history",
                        "Drugs tried for the pain",
                        text("treatment-history.drug", "Drug"),
                        text("treatment-history.dose", "Highest dose, such as 300 mg twice daily"),
                        open("treatment-history.start", "From", QuestionnaireItemType.DATE),
                        open("treatment-history.stop", "Until", QuestionnaireItemType.DATE),
                        choice(
                                "treatment-history.outcome",
                                "What came of it",
                                null,
                                own("inadequate-relief", "no adequate relief"),
                                own("not-tolerated", "not tolerated"),
                                own("contraindicated", "contraindicated"),
                                own("helped", "helped"))));
        put(
                "current-medication",
                many("current-medication", "Drugs taken now, each with its dose; write none where there are none"));
        put("allergies", many("allergies", "Allergies; write none where none are known"));
        put("problems-or-letter", many("problems-or-letter", "Other diagnoses, past and present"));
        put(
                "blood-pressure",
                number("blood-pressure.systolic", "Systolic blood pressure, mm Hg", loinc("8480-6")),
                number("blood-pressure.diastolic", "Diastolic blood pressure, mm Hg", loinc("8462-4")));
        put(
                "pregnancy-status",
                choice(
                        "pregnancy-status",
                        "Pregnancy",
                        loinc("82810-3"),
                        new Coding(CodeSystems.SNOMED_CT, "77386006", "Pregnancy"),
                        new Coding(CodeSystems.SNOMED_CT, "60001007", "Not pregnant")));
        put(
                "liver-panel",
                number("liver-panel.alt", "Alanine aminotransferase, U/L", loinc("1742-6")),
                number("liver-panel.ast", "Aspartate aminotransferase, U/L", loinc("1920-8")),
                number("liver-panel.bilirubin", "Bilirubin, mg/dL", loinc("1975-2")));
        put("ecg", coded("ecg", "ECG: what it shows", loinc("11524-6"), QuestionnaireItemType.STRING));
        put(
                "intraocular-pressure",
                number("intraocular-pressure.right", "Pressure of the right eye, mm Hg", loinc("79892-6")),
                number("intraocular-pressure.left", "Pressure of the left eye, mm Hg", loinc("79893-4")));
        put(
                "budapest-criteria",
                number("budapest-criteria.symptoms", "Budapest criteria: categories with symptoms, 0 to 4", null),
                number("budapest-criteria.signs", "Budapest criteria: categories with signs, 0 to 4", null));
        put(
                "fibromyalgia-criteria",
                number("fibromyalgia-criteria.wpi", "Widespread pain index (WPI), 0 to 19", null),
                number("fibromyalgia-criteria.sss", "Symptom severity scale (SSS), 0 to 12", null));
        put(
                "headache-days",
                number("headache-days.headache", "Headache days a month", null),
                number("headache-days.migraine", "Migraine days a month", null));
        put("chemotherapy-history", text("chemotherapy-history", "Chemotherapy: drugs and when"));
        put("amputation", text("amputation", "Amputation: what and when"));
        put(
                "cord-injury",
                group(
                        "cord-injury",
                        "Injury of the spinal cord",
                        text("cord-injury.level", "Level, such as T10"),
                        open("cord-injury.date", "Date", QuestionnaireItemType.DATE)));
        put(
                "opioid-dose",
                number(
                        "opioid-dose",
                        "Opioids as morphine milligram equivalents a day",
                        new Coding("http://cds.ahrq.gov/cdsconnect/pms", "MME", "Morphine milligram equivalent")));
    }

    private static void put(String item, Question... questions) {
        BY_ITEM.put(item, List.of(questions));
    }

    /** The questions of an item; none where it cannot be asked for in a form. */
    static List<Question> of(String item) {
        return BY_ITEM.getOrDefault(item, List.of());
    }

    /** Every question that can be answered, by linkId. */
    static Map<String, Question> byLinkId() {
        var all = new LinkedHashMap<String, Question>();
        var next = new ArrayList<Question>();
        BY_ITEM.values().forEach(next::addAll);
        for (int i = 0; i < next.size(); i++) {
            all.put(next.get(i).linkId(), next.get(i));
            next.addAll(next.get(i).parts());
        }
        return all;
    }

    private static Question text(String linkId, String text) {
        return open(linkId, text, QuestionnaireItemType.STRING);
    }

    private static Question many(String linkId, String text) {
        return new Question(linkId, text, QuestionnaireItemType.STRING, null, List.of(), true, List.of());
    }

    private static Question open(String linkId, String text, QuestionnaireItemType type) {
        return coded(linkId, text, null, type);
    }

    private static Question number(String linkId, String text, @Nullable Coding code) {
        return coded(linkId, text, code, QuestionnaireItemType.DECIMAL);
    }

    private static Question coded(String linkId, String text, @Nullable Coding code, QuestionnaireItemType type) {
        return new Question(linkId, text, type, code, List.of(), false, List.of());
    }

    private static Question choice(String linkId, String text, @Nullable Coding code, Coding... options) {
        return new Question(linkId, text, QuestionnaireItemType.CHOICE, code, List.of(options), false, List.of());
    }

    private static Question group(String linkId, String text, Question... parts) {
        return new Question(linkId, text, QuestionnaireItemType.GROUP, null, List.of(), true, List.of(parts));
    }

    private static Coding loinc(String code) {
        return new Coding(CodeSystems.LOINC, code, null);
    }

    private static Coding own(String code, String display) {
        return new Coding("urn:referral-gateway:gap-answer", code, display);
    }
}
