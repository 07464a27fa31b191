package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.referralgateway.mapper.Together.issues;
import static org.referralgateway.mapper.Together.referral;
import static org.referralgateway.mapper.Together.sources;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.referralgateway.mapper.Referral.Course;
import org.referralgateway.mapper.Referral.Treatment;

/** What was tried and what is taken: drugs, and treatments that are none. */
class TreatmentMappingTest {

    private static String statement(String members) {
        return """
                {'resourceType':'MedicationStatement','subject':{'reference':'Patient/p'},
                'medicationCodeableConcept':{'text':'gabapentin'},%s}""".formatted(members);
    }

    private static String prescription(String members) {
        return """
                {'resourceType':'MedicationRequest','intent':'order','subject':{'reference':'Patient/p'},
                'medicationCodeableConcept':{'text':'gabapentin'},%s}""".formatted(members);
    }

    private static Treatment treatment(String resource) {
        return referral("", resource).treatments().getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "active, CURRENT",
        "on-hold, CURRENT",
        "completed, TRIED",
        "stopped, TRIED",
        "not-taken, NOT_TAKEN",
        "intended, PLANNED",
        "unknown, UNKNOWN"
    })
    void theStatusSaysWhetherItIsTakenNow(String status, Course course) {
        assertThat(treatment(statement("'status':'" + status + "'")).course()).isEqualTo(course);
    }

    @Test
    void whatIsCalledActiveButIsOverWasTried() {
        assertThat(treatment(statement("'status':'active','effectivePeriod':{'start':'2024','end':'2025-03'}"))
                        .course())
                .isEqualTo(Course.TRIED);
        assertThat(treatment(statement("'status':'unknown','effectivePeriod':{'end':'2025'}"))
                        .course())
                .isEqualTo(Course.TRIED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'status':'active'; CURRENT",
                "'status':'stopped'; TRIED",
                "'status':'cancelled'; NOT_TAKEN",
                "'status':'draft'; PLANNED",
                "'status':'active','doNotPerform':true; NOT_TAKEN",
            })
    void aPrescriptionSaysItInItsOwnWay(String members, Course course) {
        assertThat(treatment(prescription(members)).course()).isEqualTo(course);
    }

    @Test
    void aProposalIsAPlanUntilItIsOrdered() {
        var treatment = treatment(prescription("'status':'active'").replace("'order'", "'proposal'"));

        assertThat(treatment.course()).isEqualTo(Course.PLANNED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'text':'one at night'; one at night",
                "'doseAndRate':[{'doseQuantity':{'value':300,'unit':'mg'}}],'timing':{'repeat':{'frequency':3,'period':1,'periodUnit':'d'}},'route':{'text':'oral'}; 300 mg, 3 times per day, oral",
                "'doseAndRate':[{'doseRange':{'low':{'value':10,'unit':'mg'},'high':{'value':20,'unit':'mg'}}}],'timing':{'repeat':{'frequency':1,'period':6,'periodUnit':'h'}},'asNeededBoolean':true; 10 mg to 20 mg, once per 6 hours, as needed",
                "'timing':{'code':{'text':'BID'}},'asNeededCodeableConcept':{'text':'pain'}; BID, as needed: pain",
            })
    void theDoseReadsInOneLine(String dosage, String dose) {
        assertThat(treatment(statement("'status':'active','dosage':[{" + dosage + "}]"))
                        .dose())
                .isEqualTo(dose);
    }

    @Test
    void keepsWhyItWasStoppedAndWhatCameOfIt() {
        var referral = referral("", statement("""
                'status':'stopped','effectivePeriod':{'start':'2025-01','end':'2025-04'},
                'statusReason':[{'text':'drowsy'},{'text':'no effect'}],'note':[{'text':'pain 8 before, 7 after'}]"""));

        assertThat(referral.treatments().getFirst())
                .extracting(Treatment::start, Treatment::stop, Treatment::stopReason, Treatment::outcome)
                .containsExactly("2025-01", "2025-04", "drowsy, no effect", "pain 8 before, 7 after");
        assertThat(sources(referral, "treatments[0].outcome"))
                .containsExactly("Bundle.entry[2].resource.note[0].text COPIED");
        assertThat(sources(referral, "treatments[0].drug"))
                .containsExactly("Bundle.entry[2].resource.medication CODED");
    }

    @Test
    void aDrugMayBeAResourceOfItsOwn() {
        var referral = referral(
                "",
                statement("'status':'active'")
                        .replace(
                                "'medicationCodeableConcept':{'text':'gabapentin'}",
                                "'medicationReference':{'reference':'Medication/m'}"),
                "{'resourceType':'Medication','id':'m','code':{'text':'duloxetine 60 mg'}}");

        assertThat(referral.treatments().getFirst().drug()).isEqualTo("duloxetine");
        assertThat(sources(referral, "treatments[0].medication"))
                .containsExactly("Bundle.entry[2].resource.medication COPIED", "Bundle.entry[3].resource.code COPIED");
    }

    @Test
    void whatWasDispensedAndGivenCountsToo() {
        var referral = referral("", """
                {'resourceType':'MedicationDispense','status':'completed','subject':{'reference':'Patient/p'},
                'medicationCodeableConcept':{'text':'pregabalin'},'whenHandedOver':'2026-10-01'}""", """
                {'resourceType':'MedicationAdministration','status':'completed','subject':{'reference':'Patient/p'},
                'medicationCodeableConcept':{'text':'ketamine'},'effectiveDateTime':'2026-09-01',
                'dosage':{'dose':{'value':20,'unit':'mg'}}}""");

        assertThat(referral.treatments())
                .extracting(Treatment::drug, Treatment::start, Treatment::dose)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("pregabalin", "2026-10-01", null),
                        org.assertj.core.groups.Tuple.tuple("ketamine", "2026-09-01", "20 mg"));
    }

    @Test
    void whatWasEnteredInErrorIsLeftOutAndSaidToBe() {
        var referral =
                referral("", statement("'status':'entered-in-error'"), prescription("'status':'entered-in-error'"));

        assertThat(referral.treatments()).isEmpty();
        assertThat(issues(referral)).contains("left-out Bundle.entry[2].resource", "left-out Bundle.entry[3].resource");
    }

    @Test
    void aTreatmentThatIsNoDrugIsKeptWithDateAndOutcome() {
        var referral = referral("", """
                {'resourceType':'Procedure','status':'completed','subject':{'reference':'Patient/p'},
                'code':{'text':'Stellate ganglion block'},'performedPeriod':{'start':'2026-02','end':'2026-03'},
                'outcome':{'text':'two weeks of relief'},'bodySite':[{'text':'left'}],'note':[{'text':'three blocks'}]}""");

        assertThat(referral.procedures())
                .containsExactly(new Referral.Procedure(
                        new Referral.Concept(java.util.List.of(), "Stellate ganglion block"),
                        "completed",
                        "2026-02 to 2026-03",
                        "two weeks of relief",
                        "left",
                        null,
                        "three blocks"));
        assertThat(sources(referral, "procedures[0].outcome"))
                .containsExactly("Bundle.entry[2].resource.outcome COPIED");
    }

    @Test
    void onlyWhatIsTakenNowIsCurrentMedication() {
        var referral = referral("", statement("'status':'stopped'"));

        assertThat(state(referral, "treatment-history")).isEqualTo("present");
        assertThat(state(referral, "current-medication")).isEqualTo("missing");
    }

    private static String state(Referral referral, String item) {
        return referral.completeness().stream()
                .filter(one -> one.item().equals(item))
                .findFirst()
                .orElseThrow()
                .state();
    }
}
