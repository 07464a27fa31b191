package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the fixtures do not say of the mapper. */
class ReferralMapperTest {

    private static final String CANARY = "Quokkaberry";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"effectiveDateTime\":\"Quokkaberry\"",
                "\"effectivePeriod\":{\"start\":\"Quokkaberry\",\"end\":\"Quokkaberry\"}",
                "\"effectiveInstant\":\"Quokkaberry\"",
                "\"effectiveTiming\":{\"event\":[\"Quokkaberry\"]}",
                "\"valueString\":\"Quokkaberry\"",
                "\"note\":[{\"text\":\"Quokkaberry\"}]",
                "\"valueQuantity\":{\"value\":7,\"unit\":\"Mrs Quokkaberry\"}",
            })
    void noTextOfTheSenderIsInTheFactsThatGoOnATopic(String members) {
        var observation = """
                {"resourceType":"Observation","id":"o","status":"final","subject":{"reference":"#p"},
                "code":{"coding":[{"system":"http://loinc.org","code":"72514-3","display":"Quokkaberry"}]},%s}""".formatted(members.contains("\"value") ? members : members + ",\"valueInteger\":7");
        var patient = Payloads.aPatientWith(
                "\"id\":\"p\",\"name\":[{\"text\":\"Quokkaberry\"}],\"birthDate\":\"Quokkaberry\",\"gender\":\"Quokkaberry\"");
        var body = Payloads.aReferral()
                .replace("Patient/1", "#p")
                .replace(
                        "\"id\":\"r\"",
                        "\"contained\":[%s,%s],\"reasonCode\":[{\"text\":\"Quokkaberry\"}],\"note\":[{\"text\":\"Quokkaberry\"}]"
                                .formatted(patient, observation));

        var complete = (Mapped.Complete) Payloads.mapped(body).getFirst();

        assertThat(complete.facts().toString()).doesNotContain(CANARY);
        assertThat(complete.referral().issues().toString()).doesNotContain(CANARY);
    }

    @Test
    void aFaultyDateIsNoDate() {
        var body = Payloads.aReferral()
                .replace("Patient/1", "#p")
                .replace(
                        "\"id\":\"r\"",
                        "\"contained\":[%s]"
                                .formatted(Payloads.aPatientWith(
                                        "\"id\":\"p\",\"name\":[{\"text\":\"x\"}],\"birthDate\":\"05.04.1971\"")));

        assertThat(Payloads.referral(body).patient().birthDate()).isNull();
        assertThat(Payloads.referral(body).issues())
                .anyMatch(issue -> issue.expression().equals("ServiceRequest.contained[0].birthDate"));
    }

    @Test
    void saysEverythingThatRefusesAtOnce() {
        var body = Payloads.aReferral()
                .replace("\"active\"", "\"draft\"")
                .replace("\"id\":\"r\"", "\"doNotPerform\":true,\"category\":[{\"coding\":[{\"code\":\"imaging\"}]}]");

        var refused = (Mapped.Refused) Payloads.mapped(body).getFirst();

        assertThat(refused.issues())
                .filteredOn(MappingIssue::isError)
                .extracting(MappingIssue::expression)
                .containsExactly(
                        "ServiceRequest.doNotPerform",
                        "ServiceRequest.status",
                        "ServiceRequest.category[0]",
                        "ServiceRequest.subject.reference");
    }
}
