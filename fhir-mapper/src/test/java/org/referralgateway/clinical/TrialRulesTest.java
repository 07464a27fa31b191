package org.referralgateway.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.referralgateway.events.Conclusions.Trial;

/** Which drugs were tried, for how long, at what dose, and what came of them. */
class TrialRulesTest {

    private static Trial gabapentin(String dose, String start, String end, String reason) {
        return Told.of(Told.stopped("gabapentin", dose, start, end, reason)).trial("gabapentin");
    }

    private static String prescription(
            String status, @Nullable Integer days, @Nullable Integer repeats, String reason) {
        return "{\"resourceType\":\"MedicationRequest\",\"status\":\"" + status
                + "\",\"intent\":\"order\",\"subject\":{\"reference\":\"Patient/p\"},\"authoredOn\":\"2026-01-01\","
                + "\"medicationCodeableConcept\":{\"text\":\"gabapentin\"},\"dosageInstruction\":[{\"text\":\"600 mg tds\"}]"
                + (reason.isEmpty() ? "" : ",\"statusReason\":{\"text\":\"" + reason + "\"}")
                + (days == null
                        ? ""
                        : ",\"dispenseRequest\":{"
                                + (repeats == null ? "" : "\"numberOfRepeatsAllowed\":" + repeats + ",")
                                + "\"expectedSupplyDuration\":{\"value\":" + days
                                + ",\"unit\":\"days\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"d\"}}")
                + "}";
    }

    @Test
    void allRowsOfADrugAreOneTrial() {
        var told = Told.of(
                Told.stopped("gabapentin", "300 mg tds", "2024-01-01", "2024-01-15", ""),
                Told.stopped("Neurontin", "600 mg tds", "2024-01-15", "2024-03-01", "no relief"));

        assertThat(told.conclusions().trials()).hasSize(1);
        assertThat(told.trial("gabapentin").days()).isEqualTo(60);
        assertThat(told.trial("gabapentin").counts()).isTrue();
        assertThat(told.trial("gabapentin").field()).isEqualTo("treatments[0]");
    }

    /** Source: the clinic's reference notes, section 3: four weeks at the target, not before it was reached. */
    @ParameterizedTest
    @CsvSource({"2024-03-08,false", "2024-03-28,false", "2024-03-29,true"})
    void daysBelowTheTargetAreNoDaysAtTheDose(String end, boolean counts) {
        var told = Told.of(
                Told.stopped("gabapentin", "300 mg nocte", "2024-01-01", "2024-03-01", ""),
                Told.stopped("gabapentin", "600 mg tds", "2024-03-01", end, "no relief"));

        assertThat(told.trial("gabapentin").counts()).isEqualTo(counts);
        assertThat(told.trial("gabapentin").adequate()).isEqualTo(counts);
    }

    /** policy.yaml, gap-days-at-most. */
    @ParameterizedTest
    @CsvSource({"2024-02-14,true", "2024-02-15,false", "2025-01-15,false"})
    void periodsWithALongGapBetweenThemAreTwoTrials(String again, boolean counts) {
        var end = java.time.LocalDate.parse(again).plusDays(14).toString();
        var told = Told.of(
                Told.stopped("gabapentin", "600 mg tds", "2024-01-01", "2024-01-15", "no relief"),
                Told.stopped("gabapentin", "600 mg tds", again, end, "no relief"));

        assertThat(told.trial("gabapentin").counts()).isEqualTo(counts);
    }

    @Test
    void rowsOfTheSameTimeAreNotAdded() {
        var told = Told.of(
                Told.stopped("gabapentin", "600 mg tds", "2024-01-01", "2024-01-21", "no relief"),
                Told.stopped("gabapentin", "600 mg tds", "2024-01-10", "2024-01-25", "no relief"));

        assertThat(told.trial("gabapentin").days()).isEqualTo(20);
        assertThat(told.trial("gabapentin").counts()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "stopped,28,,no relief,28,true",
        "stopped,27,,no relief,27,false",
        "stopped,14,1,no relief,28,true",
        "stopped,,,no relief,,false",
        "active,14,,no relief,14,false",
        "active,,,no relief,325,true"
    })
    void aPrescriptionIsAsLongAsItsSupply(
            String status,
            @Nullable Integer days,
            @Nullable Integer repeats,
            String reason,
            @Nullable Integer least,
            boolean counts) {
        var trial = Told.of(prescription(status, days, repeats, reason)).trial("gabapentin");

        assertThat(trial.days()).isEqualTo(least);
        assertThat(trial.counts()).isEqualTo(counts);
    }

    @Test
    void aStoppedPrescriptionWithoutASupplyMayHaveBeenTakenForAnyTime() {
        var trial = Told.of(prescription("stopped", null, null, "no relief")).trial("gabapentin");

        assertThat(trial.adequate()).isNull();
        assertThat(trial.outcome().code()).isEqualTo("insufficient-information");
        assertThat(trial.basis().missing()).containsExactly("treatments[0].stop");
    }

    @ParameterizedTest
    @CsvSource({
        "600 mg tds,true",
        "400 mg tds,true",
        "300 mg tds,false",
        "1.2 g/day,true",
        "400-600 mg tds,true",
        "300-600 mg tds,null",
        "300-399 mg tds,false",
        "600 mg tds prn,null",
        "maximum tolerated dose 300 mg tds,true",
        "'',null"
    })
    void theDose(String dose, String adequate) {
        assertThat(String.valueOf(gabapentin(dose, "2024-01-01", "2024-06-01", "no relief")
                        .adequate()))
                .isEqualTo(adequate);
    }

    @ParameterizedTest
    @CsvSource({
        "no relief,inadequate-relief",
        "keine Wirkung,inadequate-relief",
        "inefficace,inadequate-relief",
        "sin efecto,inadequate-relief",
        "s/e,not-tolerated",
        "Nebenwirkungen,not-tolerated",
        "mal toléré,not-tolerated",
        "efectos secundarios,not-tolerated",
        "N&V,not-tolerated",
        "ohne Nebenwirkungen,insufficient-information",
        "kontraindiziert,contraindicated",
        "non-compliance,insufficient-information",
        "stopped when trying to conceive,insufficient-information",
        "gute Wirkung,helped",
        "partial relief,insufficient-information",
        "insomnia resolved,insufficient-information",
        "pain 8/10 before and 3/10 on it,insufficient-information",
        "pain 8/10 before and 6/10 on it,inadequate-relief",
        "pain down from 8/10 to 3/10,helped",
        "'',insufficient-information"
    })
    void whatCameOfIt(String reason, String outcome) {
        assertThat(gabapentin("600 mg tds", "2024-01-01", "2024-06-01", reason)
                        .outcome()
                        .code())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "'',contraindicated,true",
        "unconfirmed,insufficient-information,false",
        "presumed,insufficient-information,false"
    })
    void anAllergyToADrugThatWasNeverGiven(String verification, String outcome, boolean counts) {
        var trial = Told.of(Told.allergy("gabapentin", verification.isEmpty() ? "" : Told.verified(verification)))
                .trial("gabapentin");

        assertThat(trial.outcome().code()).isEqualTo(outcome);
        assertThat(trial.counts()).isEqualTo(counts);
        assertThat(trial.field()).isEqualTo("allergies[0]");
    }

    @Test
    void anIntoleranceIsNotTolerated() {
        assertThat(Told.of(Told.allergy("gabapentin", ",\"type\":\"intolerance\""))
                        .trial("gabapentin")
                        .outcome()
                        .code())
                .isEqualTo("not-tolerated");
    }

    @Test
    void anAllergyThatIsOverOrRefutedIsNoTrial() {
        assertThat(Told.of(Told.allergy("gabapentin", Told.verified("refuted")))
                        .conclusions()
                        .trials())
                .isEmpty();
        assertThat(Told.of(Told.allergy("gabapentin", Told.clinical("resolved")))
                        .conclusions()
                        .trials())
                .isEmpty();
        assertThat(Told.of(Told.allergy("penicillin", "")).conclusions().trials())
                .isEmpty();
    }

    @Test
    void aDrugThatOnlyANoteNamesConcludesNothing() {
        var trial = Told.of().note("Failed gabapentin.").trial("gabapentin");

        assertThat(trial.outcome().code()).isEqualTo("insufficient-information");
        assertThat(trial.counts()).isFalse();
        assertThat(trial.basis().missing()).containsExactly("treatments");
    }

    @ParameterizedTest
    @CsvSource({
        "depression,false,''",
        "depression and pain,true,''",
        "neuropathic pain,true,''",
        "hot flushes,false,''",
        "'',true,''"
    })
    void whatItWasFor(String indication, boolean counts, String missing) {
        var drug = Told.stopped("duloxetine", "60 mg od", "2024-01-01", "2024-06-01", "no relief");
        var trial = Told.of(
                        indication.isEmpty()
                                ? drug
                                : drug.replace(
                                        "\"status\":\"stopped\"",
                                        "\"reasonCode\":[{\"text\":\"" + indication + "\"}],\"status\":\"stopped\""))
                .trial("duloxetine");

        assertThat(trial.counts()).isEqualTo(counts);
        assertThat(String.join(",", trial.basis().missing())).isEqualTo(missing);
    }

    @Test
    void aPlanAndARefusalAreNoTrials() {
        var told = Told.of(
                Told.statement("intended", "duloxetine", "60 mg", "", "", ""),
                Told.statement("not-taken", "gabapentin", "", "", "", "patient declined"));

        assertThat(told.conclusions().trials()).isEmpty();
    }

    @Test
    void whatIsTakenNowIsOngoingUntilSomethingIsSaidOfIt() {
        var taken = Told.statement("active", "gabapentin", "600 mg tds", "2026-01-01", "", "");
        var noted = taken.replace("\"status\"", "\"note\":[{\"text\":\"no benefit\"}],\"status\"");

        assertThat(Told.of(taken).trial("gabapentin").outcome().code()).isEqualTo("ongoing");
        assertThat(Told.of(taken).trial("gabapentin").counts()).isFalse();
        assertThat(Told.of(noted).trial("gabapentin").outcome().code()).isEqualTo("inadequate-relief");
        assertThat(Told.of(noted).trial("gabapentin").counts()).isTrue();
    }

    /** policy.yaml, recorded-only. */
    @Test
    void anSsriIsShownAndNeverCounts() {
        var told = Told.of(Told.stopped("sertraline", "100 mg od", "2024-01-01", "2024-06-01", "no pain relief"));

        assertThat(told.trial("sertraline").drugClass()).isEqualTo("ssri");
        assertThat(told.trial("sertraline").counts()).isFalse();
    }
}
