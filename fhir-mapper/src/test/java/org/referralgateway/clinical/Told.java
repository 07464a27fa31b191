package org.referralgateway.clinical;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.referralgateway.events.Conclusions;
import org.referralgateway.events.Conclusions.Fired;
import org.referralgateway.events.Conclusions.RedFlag;
import org.referralgateway.events.Conclusions.ScreeningFinding;
import org.referralgateway.events.Conclusions.Trial;
import org.referralgateway.events.ReferralFacts.CompletenessItem;
import org.referralgateway.mapper.Mapped;

/** A referral in a few lines: what is told beside a request of 22 November 2026 for a woman of 45, the real way from bytes on. */
final class Told {

    static final String CM = "http://hl7.org/fhir/sid/icd-10-cm";
    static final String WHO = "http://hl7.org/fhir/sid/icd-10";
    static final String SNOMED = "http://snomed.info/sct";
    private static final Instant RECEIVED = Instant.parse("2026-11-22T10:00:00Z");
    private static final ClinicalRules RULES = ClinicalRules.shipped();

    private String patient = "\"gender\":\"female\",\"birthDate\":\"1981-04-05\"";
    private String request = "\"reasonCode\":[{\"coding\":[{\"system\":\"" + CM
            + "\",\"code\":\"M79.7\",\"display\":\"Fibromyalgia\"}]}]";
    private String priority = "routine";
    private final List<String> resources = new ArrayList<>();

    static Told of(String... resources) {
        var told = new Told();
        told.resources.addAll(List.of(resources));
        return told;
    }

    /** With a Condition as the reason. */
    static Told about(String system, String code, String onset, String... resources) {
        var told = of(resources);
        told.request = "\"reasonReference\":[{\"reference\":\"Condition/reason\"}]";
        told.resources.addFirst(
                "{\"resourceType\":\"Condition\",\"id\":\"reason\",\"subject\":{\"reference\":\"Patient/p\"},"
                        + "\"code\":{\"coding\":[{\"system\":\"" + system + "\",\"code\":\"" + code + "\"}]}"
                        + (onset.isEmpty() ? "" : ",\"onsetDateTime\":\"" + onset + "\"") + "}");
        return told;
    }

    /** With words as the reason. */
    Told reason(String text) {
        request = "\"reasonCode\":[{\"text\":\"" + text + "\"}]";
        return this;
    }

    /** With a code and its name as the reason. */
    Told coded(String system, String code, String display) {
        request = "\"reasonCode\":[{\"coding\":[{\"system\":\"" + system + "\",\"code\":\"" + code + "\",\"display\":\""
                + display + "\"}]}]";
        return this;
    }

    Told note(String text) {
        request += ",\"note\":[{\"text\":\"" + text + "\"}]";
        return this;
    }

    Told patient(String json) {
        patient = json;
        return this;
    }

    Told man() {
        return patient("\"gender\":\"male\",\"birthDate\":\"1981-04-05\"");
    }

    Told priority(String code) {
        priority = code;
        return this;
    }

    Mapped.Complete complete() {
        return complete(RULES);
    }

    Mapped.Complete complete(ClinicalRules rules) {
        var bundle = new StringBuilder("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[");
        entry(
                bundle,
                "{\"resourceType\":\"Patient\",\"id\":\"p\",\"identifier\":[{\"system\":\"https://ehr.example/mrn\",\"value\":\"1\"}],"
                        + "\"name\":[{\"family\":\"Sorrel\"}]," + patient + "}");
        bundle.append(',');
        entry(
                bundle,
                "{\"resourceType\":\"ServiceRequest\",\"id\":\"s\",\"status\":\"active\",\"intent\":\"order\",\"priority\":\""
                        + priority
                        + "\",\"authoredOn\":\"2026-11-22\",\"subject\":{\"reference\":\"Patient/p\"},\"requester\":{\"display\":\"Dr. Fern\"},"
                        + "\"code\":{\"text\":\"Pain clinic\"}," + request + "}");
        for (var resource : resources) {
            bundle.append(',');
            entry(bundle, resource);
        }
        return rules.conclude(Sent.complete(bundle.append("]}").toString().getBytes(UTF_8), RECEIVED), RECEIVED);
    }

    private static void entry(StringBuilder bundle, String resource) {
        bundle.append("{\"resource\":").append(resource).append('}');
    }

    Conclusions conclusions() {
        return conclusions(complete());
    }

    Conclusions conclusions(Mapped.Complete complete) {
        var said = complete.facts().conclusions();
        if (said == null) {
            throw new AssertionError("There are no conclusions.");
        }
        return said;
    }

    ScreeningFinding finding(String item) {
        return conclusions().screening().stream()
                .filter(finding -> finding.item().equals(item))
                .findFirst()
                .orElseThrow();
    }

    String level(String item) {
        return finding(item).level().code();
    }

    List<String> flags() {
        return conclusions().redFlags().stream().map(RedFlag::flag).toList();
    }

    List<String> fired() {
        return conclusions().triage().fired().stream()
                .map(Fired::basis)
                .map(Conclusions.Basis::rule)
                .toList();
    }

    String urgency() {
        return conclusions().triage().level().code();
    }

    String state(String item) {
        return complete().facts().completeness().stream()
                .filter(one -> one.item().equals(item))
                .map(CompletenessItem::state)
                .findFirst()
                .orElseThrow();
    }

    Trial trial(String drug) {
        return conclusions().trials().stream()
                .filter(trial -> drug.equals(trial.drug()))
                .findFirst()
                .orElseThrow();
    }

    static String observation(String loinc, String value, String date) {
        return "{\"resourceType\":\"Observation\",\"status\":\"final\",\"subject\":{\"reference\":\"Patient/p\"},\"code\":{\"coding\":[{\"system\":"
                + "\"http://loinc.org\",\"code\":\"" + loinc + "\"}]},"
                + (date.isEmpty() ? "" : "\"effectiveDateTime\":\"" + date + "\",") + value + "}";
    }

    static String quantity(String loinc, String value, String unit) {
        return observation(
                loinc, "\"valueQuantity\":{\"value\":" + value + ",\"unit\":\"" + unit + "\"}", "2026-11-18");
    }

    static String score(String loinc, String value) {
        return observation(loinc, "\"valueQuantity\":{\"value\":" + value + "}", "2026-11-18");
    }

    static String named(String name, String value) {
        return "{\"resourceType\":\"Observation\",\"status\":\"final\",\"subject\":{\"reference\":\"Patient/p\"},\"effectiveDateTime\":\"2026-11-18\","
                + "\"code\":{\"text\":\"" + name + "\"}," + value + "}";
    }

    static String condition(String system, String code, String rest) {
        return "{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"Patient/p\"},\"code\":{\"coding\":[{\"system\":\""
                + system + "\",\"code\":\"" + code + "\"}]}" + rest + "}";
    }

    static String words(String text, String rest) {
        return "{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"Patient/p\"},\"code\":{\"text\":\"" + text
                + "\"}" + rest + "}";
    }

    static String clinical(String status) {
        return ",\"clinicalStatus\":{\"coding\":[{\"code\":\"" + status + "\"}]}";
    }

    static String verified(String status) {
        return ",\"verificationStatus\":{\"coding\":[{\"code\":\"" + status + "\"}]}";
    }

    static String onset(String date) {
        return ",\"onsetDateTime\":\"" + date + "\"";
    }

    /** A drug that was stopped. */
    static String stopped(String drug, String dose, String start, String end, String reason) {
        return statement("stopped", drug, dose, start, end, reason);
    }

    static String current(String drug, String dose) {
        return statement("active", drug, dose, "", "", "");
    }

    static String statement(String status, String drug, String dose, String start, String end, String reason) {
        return "{\"resourceType\":\"MedicationStatement\",\"status\":\"" + status
                + "\",\"subject\":{\"reference\":\"Patient/p\"},\"medicationCodeableConcept\":{\"text\":\"" + drug
                + "\"}"
                + (start.isEmpty() && end.isEmpty()
                        ? ""
                        : ",\"effectivePeriod\":{" + (start.isEmpty() ? "" : "\"start\":\"" + start + "\"")
                                + (start.isEmpty() || end.isEmpty() ? "" : ",")
                                + (end.isEmpty() ? "" : "\"end\":\"" + end + "\"") + "}")
                + (dose.isEmpty() ? "" : ",\"dosage\":[{\"text\":\"" + dose + "\"}]")
                + (reason.isEmpty() ? "" : ",\"statusReason\":[{\"text\":\"" + reason + "\"}]") + "}";
    }

    static String allergy(String text, String rest) {
        return "{\"resourceType\":\"AllergyIntolerance\",\"patient\":{\"reference\":\"Patient/p\"},\"code\":{\"text\":\""
                + text + "\"}" + rest + "}";
    }
}
