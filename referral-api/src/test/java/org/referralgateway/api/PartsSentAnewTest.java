package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A referral says what its parts say: when a sender replaces one of them by PUT, the referrals that use it follow. */
class PartsSentAnewTest {

    private final TestGateway gateway = TestGateway.shared();

    private static String aPatient(String id, String number, String phone) {
        return """
                {"resourceType": "Patient", "id": "%s",
                 "identifier": [{"system": "https://practice.example/patients", "value": "%s"}],
                 "name": [{"family": "Rowan", "given": ["Asa"]}], "gender": "female", "birthDate": "1966-05-04",
                 "telecom": [{"system": "phone", "value": "%s"}]}
                """.formatted(id, number, phone);
    }

    private static String aReferralOf(String patient, String reason, String number) {
        return """
                {"resourceType": "ServiceRequest", "status": "active", "intent": "order",
                 "identifier": [{"system": "https://practice.example/orders", "value": "%3$s"}],
                 "code": {"coding": [{"system": "http://snomed.info/sct", "code": "306109009"}]},
                 "subject": {"reference": "Patient/%1$s"}, "reasonReference": [{"reference": "Condition/%2$s"}]}
                """.formatted(patient, reason, number);
    }

    private static String aCondition(String id, String code, String patient) {
        return """
                {"resourceType": "Condition", "id": "%s", "subject": {"reference": "Patient/%s"},
                 "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "%s"}]}}
                """.formatted(id, patient, code);
    }

    private List<String> events(String referral) {
        return gateway.db()
                .sql(
                        "select type from outbox where referral = ?::uuid and topic = 'referral.events.v1' order by sequence")
                .param(referral)
                .query(String.class)
                .list();
    }

    @Test
    void aNewPhoneOfThePatientReachesTheReferralThatPointsToHer() {
        var number = Referrals.newNumber();
        gateway.put("/Patient/" + number, aPatient(number, number, "555-0101"));
        gateway.put("/Condition/" + number, aCondition(number, "B02.29", number));
        var id = gateway.post("/ServiceRequest", aReferralOf(number, number, number))
                .referral();
        var answer = gateway.put("/Patient/" + number, aPatient(number, number, "555-0177"));
        var again = gateway.put("/Patient/" + number, aPatient(number, number, "555-0177"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("ServiceRequest/" + id, "Changed: patient-contact.");
        assertThat(again.body()).doesNotContain("Changed");
        assertThat(gateway.get("/referrals/" + id).body()).contains("555-0177");
        assertThat(events(id)).containsExactly("referral.received.v1", "referral.amended.v1");
    }

    @Test
    void anotherDiagnosisUnderTheSameIdIsLookedAtAgain() {
        var number = Referrals.newNumber();
        gateway.put("/Patient/" + number, aPatient(number, number, "555-0101"));
        gateway.put("/Condition/" + number, aCondition(number, "B02.29", number));
        var id = gateway.post("/ServiceRequest", aReferralOf(number, number, number))
                .referral();
        var answer = gateway.put("/Condition/" + number, aCondition(number, "G50.0", number));

        assertThat(answer.body()).contains("Changed: reasons. The clinic looks at the triage again.");
        assertThat(gateway.get("/fhir/ServiceRequest/" + id + "/$receipt").body())
                .contains("Condition/" + number + ".code");
    }

    @Test
    void anEntryOfABundleSentAnewByPutReplacesItInTheReferral() {
        var number = Referrals.newNumber();
        var bundle = Referrals.aTransaction(number)
                .replace(
                        "\"method\": \"POST\", \"url\": \"Condition\"",
                        "\"method\": \"PUT\", \"url\": \"Condition/c-" + number + "\"")
                .replace(
                        "\"resourceType\": \"Condition\",",
                        "\"resourceType\": \"Condition\", \"id\": \"c-" + number + "\",");
        var taken = gateway.post("", bundle);
        assertThat(taken.status()).as(taken.body()).isEqualTo(200);
        var id = taken.json().at("/entry/2/response/location").asString().split("/", -1)[1];
        var answer = gateway.put("/Condition/c-" + number, aCondition("c-" + number, "G50.0", "x"));

        assertThat(answer.body()).contains("ServiceRequest/" + id, "Changed: reasons.");
        assertThat(events(id)).containsExactly("referral.received.v1", "referral.amended.v1");
    }

    @Test
    void aPatientNeverBecomesAnotherPersonUnderAReferral() {
        var number = Referrals.newNumber();
        gateway.put("/Patient/" + number, aPatient(number, number, "555-0101"));
        gateway.put("/Condition/" + number, aCondition(number, "B02.29", number));
        var id = gateway.post("/ServiceRequest", aReferralOf(number, number, number))
                .referral();
        var answer = gateway.put("/Patient/" + number, aPatient(number, "another", "555-0101"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.issues()).containsExactly("patient-differs@Patient.identifier");
        assertThat(gateway.get("/fhir/Patient/" + number).body())
                .contains("\"" + number + "\"")
                .doesNotContain("another");
        assertThat(events(id)).containsExactly("referral.received.v1");
    }

    @Test
    void aReferralThatWasCalledOffStaysAsItWas() {
        var number = Referrals.newNumber();
        gateway.put("/Patient/" + number, aPatient(number, number, "555-0101"));
        gateway.put("/Condition/" + number, aCondition(number, "B02.29", number));
        var body = aReferralOf(number, number, number);
        var id = gateway.post("/ServiceRequest", body).referral();
        gateway.put(
                "/ServiceRequest/" + id,
                body.replaceFirst("\\{", "{\"id\":\"" + id + "\",").replace("\"active\"", "\"revoked\""));
        var answer = gateway.put("/Patient/" + number, aPatient(number, number, "555-0177"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(events(id)).containsExactly("referral.received.v1", "referral.cancelled.v1");
    }

    @Test
    void whatIsMissingIsAskedForAndTheAnswerFillsIt() {
        var number = Referrals.newNumber();
        var id = gateway.post("/ServiceRequest", Referrals.aReferral(number)).referral();
        var form = gateway.get("/fhir/ServiceRequest/" + id + "/$questionnaire");
        assertThat(form.json().path("resourceType").asString()).isEqualTo("Questionnaire");
        assertThat(form.body()).contains("\"pain-intensity").doesNotContain("\"patient-identity.birth-date\"");

        var answer = gateway.post(
                "/QuestionnaireResponse", """
                {"resourceType": "QuestionnaireResponse", "status": "completed", "authored": "2026-11-20",
                 "questionnaire": "%s", "basedOn": [{"reference": "ServiceRequest/%s"}],
                 "item": [{"linkId": "pain-intensity", "answer": [{"valueInteger": 8}]}]}
                """.formatted(form.json().path("url").asString(), id));

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).contains("ServiceRequest/" + id, "Changed: measurements");
        assertThat(gateway.get("/fhir/ServiceRequest/" + id + "/$questionnaire").body())
                .doesNotContain("\"pain-intensity");
        assertThat(events(id)).containsExactly("referral.received.v1", "referral.amended.v1");
    }
}
