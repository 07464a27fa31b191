package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.referralgateway.mapper.ReferralDiff.Change;

/** What differs between two versions of a referral, and whether triage has to look again. */
class ReferralDiffTest {

    private static final String BODY = """
            {"resourceType":"ServiceRequest","status":"active","intent":"order","priority":"routine",
             "contained":[
               {"resourceType":"Patient","id":"p","identifier":[{"system":"urn:s","value":"1"}],"name":[{"text":"Hazel Nutt"}],
                "telecom":[{"system":"phone","value":"555-0101"}]},
               {"resourceType":"MedicationStatement","id":"m","status":"active","subject":{"reference":"#p"},
                "medicationCodeableConcept":{"text":"gabapentin"}}],
             "code":{"text":"Referral"},"subject":{"reference":"#p"},"requester":{"display":"Dr Linden"},
             "reasonCode":[{"text":"Phantom limb pain"}],"note":[{"text":"please"}]}
            """;

    @ParameterizedTest
    @CsvSource({
        "routine, urgent, priority, true",
        "Phantom limb pain, Stump pain, reasons, true",
        "gabapentin, pregabalin, treatments, true",
        "please, soon, notes, true",
        "Referral, Referral for pain, service, true",
        "555-0101, 555-0199, patient-contact, false",
        "Hazel Nutt, Hazel Walnut, patient-identity, false",
        "Dr Linden, Dr Lime, requester, false"
    })
    void namesTheFieldAndSaysWhetherItMatters(String was, String is, String field, boolean triage) {
        var changes = ReferralDiff.between(
                Payloads.referral(BODY), Payloads.referral(BODY.replace("\"" + was + "\"", "\"" + is + "\"")));

        assertThat(changes).extracting(Change::field).containsExactly(field);
        assertThat(ReferralDiff.needsTriage(changes)).isEqualTo(triage);
        assertThat(changes.getFirst().added())
                .isNotEmpty()
                .isNotEqualTo(changes.getFirst().removed());
    }

    @Test
    void theSameSaysNothing() {
        assertThat(ReferralDiff.between(Payloads.referral(BODY), Payloads.referral(BODY)))
                .isEmpty();
    }

    @Test
    void aDrugThatWasAddedIsOnlyAdded() {
        var more = BODY.replace("\"code\":{\"text\":\"Referral\"}", "\"code\":{\"text\":\"Referral\"}")
                .replace("""
                        "medicationCodeableConcept":{"text":"gabapentin"}}]""", """
                        "medicationCodeableConcept":{"text":"gabapentin"}},
                        {"resourceType":"MedicationStatement","id":"n","status":"active","subject":{"reference":"#p"},
                         "medicationCodeableConcept":{"text":"duloxetine"}}]""");
        var change = ReferralDiff.between(Payloads.referral(BODY), Payloads.referral(more))
                .getFirst();

        assertThat(change.added()).singleElement().asString().contains("duloxetine");
        assertThat(change.removed()).isEmpty();
    }
}
