package org.referralgateway.api.access;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.referralgateway.api.Referrals;
import org.referralgateway.api.TestGateway;

/** Two senders with one of everything each, under names of their own, and a mark in all that belongs to either. */
final class Fixture {

    /** The least that a resource of a type holds; {@code %s} is the mark. */
    static final Map<String, String> PARTS = parts();

    private final TestGateway gateway;
    final String sender;
    final String mark;
    final Map<String, String> ids = new LinkedHashMap<>();
    final String number;
    String withdrawn = "";

    Fixture(TestGateway gateway, String sender) {
        this.gateway = gateway;
        this.sender = sender;
        this.mark = "mark" + UUID.randomUUID().toString().replace("-", "");
        this.number = "R-" + mark;
    }

    /** Sends all of it as that sender. */
    Fixture sent() {
        PARTS.forEach((type, body) -> ids.put(type, idIn(post("/" + type, body.formatted(mark)))));
        ids.put("ServiceRequest", idIn(post("/ServiceRequest", referral(number))));
        withdrawn = idIn(post("/ServiceRequest", referral("W-" + mark)));
        var put = gateway.put(
                "/ServiceRequest/" + withdrawn,
                referral("W-" + mark)
                        .replace("\"status\": \"active\"", "\"status\": \"entered-in-error\"")
                        .replaceFirst("\\{", "{\"id\": \"" + withdrawn + "\", "),
                "Authorization",
                "Bearer " + gateway.token(sender));
        if (put.status() != 200) {
            throw new IllegalStateException(put.status() + " " + put.body());
        }
        ids.put("Task", await().atMost(Duration.ofMinutes(2)).until(this::task, id -> !id.isEmpty()));
        ids.put("AuditEvent", new UUID(0, anAuditRow()).toString());
        return this;
    }

    /** The consumer opens it a moment after its referral was taken; empty until then. */
    private String task() {
        return gateway.get(
                        "/fhir/Task?focus=ServiceRequest/" + id("ServiceRequest"),
                        "Authorization",
                        "Bearer " + gateway.token(sender))
                .json()
                .at("/entry/0/resource/id")
                .asString();
    }

    private long anAuditRow() {
        return gateway.db()
                .sql("select max(position) from audit_event where sender = :sender")
                .param("sender", sender)
                .query(Long.class)
                .single();
    }

    /** The id of the one of that type; a word that is none where there is no such. */
    String id(String type) {
        return ids.getOrDefault(type, "none");
    }

    String referral(String placerNumber) {
        return Referrals.aReferral(placerNumber).replace("Nutt", mark);
    }

    private TestGateway.Answer post(String path, String body) {
        return gateway.post(path, body, "Authorization", "Bearer " + gateway.token(sender));
    }

    private static String idIn(TestGateway.Answer answer) {
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.status() + " " + answer.body());
        }
        return answer.header("Location").replaceFirst("/_history/.*", "").replaceFirst(".*/", "");
    }

    private static Map<String, String> parts() {
        var person = "\"subject\": {\"display\": \"%s\"}";
        var parts = new LinkedHashMap<String, String>();
        parts.put(
                "Patient",
                "{\"resourceType\": \"Patient\", \"name\": [{\"family\": \"%s\"}], \"birthDate\": \"1980-01-31\"}");
        parts.put(
                "AllergyIntolerance",
                "{\"resourceType\": \"AllergyIntolerance\", \"code\": {\"text\": \"Latex\"}, \"patient\": {\"display\": \"%s\"}}");
        parts.put("Condition", "{\"resourceType\": \"Condition\", \"code\": {\"text\": \"Pain\"}, " + person + "}");
        parts.put(
                "Coverage",
                "{\"resourceType\": \"Coverage\", \"status\": \"active\", \"beneficiary\": {\"display\": \"%s\"},"
                        + " \"payor\": [{\"display\": \"Payer\"}]}");
        parts.put(
                "DocumentReference",
                "{\"resourceType\": \"DocumentReference\", \"status\": \"current\", \"description\": \"%s\","
                        + " \"content\": [{\"attachment\": {\"contentType\": \"text/plain\", \"data\": \"TGV0dGVy\"}}]}");
        parts.put("Medication", "{\"resourceType\": \"Medication\", \"code\": {\"text\": \"%s\"}}");
        parts.put(
                "MedicationRequest",
                "{\"resourceType\": \"MedicationRequest\", \"status\": \"active\", \"intent\": \"order\","
                        + " \"medicationCodeableConcept\": {\"text\": \"Pregabalin\"}, " + person + "}");
        parts.put(
                "MedicationStatement",
                "{\"resourceType\": \"MedicationStatement\", \"status\": \"active\","
                        + " \"medicationCodeableConcept\": {\"text\": \"Pregabalin\"}, " + person + "}");
        parts.put(
                "Observation",
                "{\"resourceType\": \"Observation\", \"status\": \"final\", \"code\": {\"text\": \"Pain\"}, \"valueInteger\": 7, "
                        + person + "}");
        parts.put("Organization", "{\"resourceType\": \"Organization\", \"name\": \"%s\"}");
        parts.put("Practitioner", "{\"resourceType\": \"Practitioner\", \"name\": [{\"family\": \"%s\"}]}");
        parts.put(
                "PractitionerRole",
                "{\"resourceType\": \"PractitionerRole\", \"practitioner\": {\"display\": \"%s\"}}");
        parts.put(
                "QuestionnaireResponse",
                "{\"resourceType\": \"QuestionnaireResponse\", \"status\": \"completed\", " + person + "}");
        return parts;
    }
}
