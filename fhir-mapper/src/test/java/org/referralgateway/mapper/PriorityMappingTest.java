package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.referralgateway.mapper.Together.issues;
import static org.referralgateway.mapper.Together.referral;
import static org.referralgateway.mapper.Together.sources;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.referralgateway.events.Urgency;

/** How urgent a referral is, wherever the sender says it. */
class PriorityMappingTest {

    private static String task(String priority) {
        return "{'resourceType':'Task','status':'requested','intent':'order','focus':{'reference':'ServiceRequest/s'},"
                + "'priority':'" + priority + "'}";
    }

    private static String carePlan(String coding) {
        return """
                {'resourceType':'CarePlan','id':'c','status':'completed','intent':'plan','subject':{'reference':'Patient/p'},
                'activity':[{'outcomeCodeableConcept':[{'text':'said'},{'coding':[{%s}]}]}]}""".formatted(coding);
    }

    @ParameterizedTest
    @CsvSource({"routine, ROUTINE", "urgent, URGENT", "asap, ASAP", "stat, STAT"})
    void theRequestsOwnPriorityIsCopied(String code, Urgency urgency) {
        var referral = referral("'priority':'" + code + "'");

        assertThat(referral.priority()).isEqualTo(new Referral.Priority(urgency, code));
        assertThat(sources(referral, "priority")).containsExactly("Bundle.entry[0].resource.priority COPIED");
    }

    @Test
    void theTaskSaysItWhereTheRequestDoesNot() {
        var referral = referral("", task("urgent"));

        assertThat(referral.priority().code()).isEqualTo(Urgency.URGENT);
        assertThat(sources(referral, "priority")).containsExactly("Bundle.entry[2].resource.priority COPIED");
        assertThat(issues(referral)).noneMatch(issue -> issue.startsWith("priority-"));
    }

    @ParameterizedTest
    @CsvSource({"routine, asap, ASAP, 2", "stat, routine, STAT, 0"})
    void theMoreUrgentOfTwoIsTakenAndTheContradictionSaid(String requested, String tasked, Urgency taken, int entry) {
        var referral = referral("'priority':'" + requested + "'", task(tasked));

        assertThat(referral.priority().code()).isEqualTo(taken);
        assertThat(sources(referral, "priority"))
                .containsExactly("Bundle.entry[" + entry + "].resource.priority COPIED");
        assertThat(issues(referral)).contains("priority-conflict Bundle.entry[2].resource.priority");
    }

    @Test
    void twoThatSayTheSameAreNoContradiction() {
        assertThat(issues(referral("'priority':'urgent'", task("urgent"))))
                .noneMatch(issue -> issue.startsWith("priority-"));
    }

    @Test
    void aTaskForSomethingElseHasNoSay() {
        var referral = referral("", task("stat").replace("ServiceRequest/s", "Condition/c"));

        assertThat(referral.priority().isAssumed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2WW, ASAP", "U, URGENT", "R, ROUTINE"})
    void theCarePlanOfBarsSaysIt(String code, Urgency urgency) {
        var referral = referral(
                "'basedOn':[{'reference':'CarePlan/c'}]",
                carePlan("'system':'https://fhir.nhs.uk/CodeSystem/x','code':'" + code + "'"));

        assertThat(referral.priority()).isEqualTo(new Referral.Priority(urgency, code));
        assertThat(sources(referral, "priority"))
                .containsExactly("Bundle.entry[2].resource.activity[0].outcomeCodeableConcept[1] CODED");
    }

    @Test
    void aLetterOfAnotherSystemIsNoPriority() {
        var referral = referral("", carePlan("'system':'http://snomed.info/sct','code':'U'"));

        assertThat(referral.priority().isAssumed()).isTrue();
    }

    @Test
    void whereNobodySaysAnythingItIsRoutineAndAssumed() {
        var referral = referral("");

        assertThat(referral.priority()).isEqualTo(new Referral.Priority(Urgency.ROUTINE, null));
        assertThat(sources(referral, "priority")).containsExactly("Bundle.entry[0].resource.priority ASSUMED");
        assertThat(issues(referral)).contains("priority-assumed Bundle.entry[0].resource.priority");
    }
}
