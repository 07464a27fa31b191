package org.referralgateway.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 3 of the reference notes by the profile {@code clinic-default}: each criterion at its boundary, and no silent pass. */
class ResistanceRulesTest {

    private static final String TRICYCLIC =
            Told.stopped("amitriptyline", "75 mg nocte", "2024-01-01", "2024-05-01", "no relief");
    private static final String GABAPENTINOID =
            Told.stopped("pregabalin", "300 mg bd", "2024-01-01", "2024-05-01", "no relief");

    private static String result(Told told) {
        return told.conclusions().resistance().result().code();
    }

    private static Told crps(String onset, String... drugs) {
        return Told.about(Told.CM, "G90.511", onset, drugs);
    }

    private static Told after(String... drugs) {
        return crps("2020-01-01", drugs);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-08-24,met",
        "2026-08-25,not-met",
        "2026-08,unclear",
        "2026-09,not-met",
        "2026-07,met",
        "2026,unclear",
        "2025,met",
        "'',unclear"
    })
    void painMonths(String onset, String result) {
        assertThat(result(crps(onset, TRICYCLIC, GABAPENTINOID))).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-01,2024-01-29,met,true",
        "2024-01-01,2024-01-28,not-met,false",
        "2024-01,2024-02,unclear,null",
        "2024-01,2024-03,met,true",
        "2024,2024,unclear,null",
        "2024-01-01,'',unclear,null",
    })
    void trialWeeks(String start, String end, String result, String adequate) {
        var told = after(Told.stopped("amitriptyline", "75 mg nocte", start, end, "no relief"), GABAPENTINOID);

        assertThat(result(told)).isEqualTo(result);
        assertThat(String.valueOf(told.trial("amitriptyline").adequate())).isEqualTo(adequate);
    }

    @ParameterizedTest
    @CsvSource({
        "pregabalin,150 mg bd,true",
        "pregabalin,149 mg bd,false",
        "gabapentin,300 mg tds,false",
        "gabapentin,400 mg tds,true",
        "gabapentin,399 mg tds,false",
        "duloxetine,60 mg od,true",
        "duloxetine,59 mg od,false",
        "venlafaxine,150 mg od,true",
        "venlafaxine,149 mg od,false",
        "amitriptyline,25 mg nocte,true",
        "amitriptyline,24 mg nocte,false",
    })
    void targetDose(String drug, String dose, boolean adequate) {
        assertThat(after(Told.stopped(drug, dose, "2024-01-01", "2024-05-01", "no relief"))
                        .trial(drug)
                        .adequate())
                .isEqualTo(adequate);
    }

    @ParameterizedTest
    @CsvSource({
        "29% relief,inadequate-relief",
        "30% relief,helped",
        "pain still 5/10,inadequate-relief",
        "pain 4/10,insufficient-information",
        "40% relief but pain still 5/10,inadequate-relief",
        "no relief,inadequate-relief",
        "good relief,helped",
        "some relief,insufficient-information",
        "drowsiness,not-tolerated",
        "side effects,not-tolerated",
        "contraindicated,contraindicated",
        "patient choice,insufficient-information",
        "'',insufficient-information",
        "fear of side effects,insufficient-information",
        "renal failure,insufficient-information",
        "inadequate dose,insufficient-information",
        "headaches resolved,helped",
    })
    void outcome(String reason, String outcome) {
        assertThat(after(Told.stopped("amitriptyline", "75 mg nocte", "2024-01-01", "2024-05-01", reason))
                        .trial("amitriptyline")
                        .outcome()
                        .code())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "inadequate relief,met",
        "not tolerated,met",
        "contraindicated,met",
        "good relief,not-met",
        "some relief,unclear",
        "'',unclear",
    })
    void onlyThreeOutcomesCount(String reason, String result) {
        assertThat(result(after(
                        Told.stopped("amitriptyline", "75 mg nocte", "2024-01-01", "2024-05-01", reason),
                        GABAPENTINOID)))
                .isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({
        "amitriptyline,met",
        "nortriptyline,met",
        "duloxetine,met",
        "venlafaxine,met",
        "sertraline,not-met",
        "oxycodone,not-met",
        "lamotrigine,not-met",
    })
    void anAntidepressantThatCounts(String drug, String result) {
        assertThat(result(after(
                        Told.stopped(drug, "1 tablet daily", "2024-01-01", "2024-05-01", "not tolerated"),
                        GABAPENTINOID)))
                .isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({
        "gabapentin,met",
        "pregabalin,met",
        "carbamazepine,not-met",
        "oxcarbazepine,not-met",
        "topiramate,not-met"
    })
    void anAntiEpilepticThatCounts(String drug, String result) {
        assertThat(result(after(
                        TRICYCLIC, Told.stopped(drug, "1 tablet daily", "2024-01-01", "2024-05-01", "not tolerated"))))
                .isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({"carbamazepine,met", "oxcarbazepine,met", "topiramate,not-met"})
    void carbamazepineCountsInTrigeminalNeuralgia(String drug, String result) {
        assertThat(result(Told.about(
                        Told.CM,
                        "G50.0",
                        "2020-01-01",
                        TRICYCLIC,
                        Told.stopped(drug, "200 mg bd", "2024-01-01", "2024-05-01", "not tolerated"))))
                .isEqualTo(result);
    }

    @Test
    void classesCountAndNotPrescriptions() {
        var nortriptyline = Told.stopped("nortriptyline", "75 mg nocte", "2024-06-01", "2024-10-01", "no relief");

        assertThat(result(after(TRICYCLIC, nortriptyline))).isEqualTo("not-met");
        assertThat(result(after(TRICYCLIC, nortriptyline, GABAPENTINOID))).isEqualTo("met");
    }

    @Test
    void anOpioidIsRecordedAndNeverRequired() {
        var told = after(TRICYCLIC, GABAPENTINOID);

        assertThat(result(told)).isEqualTo("met");
        assertThat(told.conclusions().resistance().criteria())
                .extracting(Object::toString)
                .anyMatch(text -> text.contains("opioid-failed") && text.contains("NOT_MET"));
    }

    @Test
    void nothingSentIsUnclear() {
        assertThat(result(after())).isEqualTo("unclear");
        assertThat(result(Told.of())).isEqualTo("unclear");
    }

    @Test
    void whatWasNeverTriedIsNotMet() {
        assertThat(result(after(Told.current("paracetamol", "1 g")))).isEqualTo("not-met");
    }

    @ParameterizedTest
    @CsvSource({
        "not-taken,contraindicated: glaucoma,met",
        "not-taken,patient declined,not-met",
        "not-taken,side effects,met",
        "intended,side effects,not-met"
    })
    void whatWasNotTaken(String status, String reason, String result) {
        assertThat(result(after(Told.statement(status, "amitriptyline", "", "", "", reason), GABAPENTINOID)))
                .isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({"active,2026-10-25,met", "active,2026-10-26,not-met"})
    void whatIsStillTakenWithoutReliefIsMeasuredUntilTheReferral(String status, String start, String result) {
        assertThat(result(after(
                        Told.statement(status, "amitriptyline", "75 mg nocte", start, "", "no relief"), GABAPENTINOID)))
                .isEqualTo(result);
    }

    @Test
    void whatIsTakenNowAndNotJudgedIsOngoing() {
        var told = after(Told.statement("active", "amitriptyline", "75 mg nocte", "2024-01-01", "", ""), GABAPENTINOID);

        assertThat(told.trial("amitriptyline").outcome().code()).isEqualTo("ongoing");
        assertThat(result(told)).isEqualTo("not-met");
    }

    @ParameterizedTest
    @CsvSource({
        "allergy,'','',contraindicated,met",
        "intolerance,'','',not-tolerated,met",
        "allergy,resolved,'',none,not-met",
        "allergy,'',refuted,none,not-met",
        "allergy,'',unconfirmed,insufficient-information,unclear",
    })
    void anAllergyIsATrial(String kind, String clinical, String verification, String outcome, String result) {
        var told = after(
                Told.allergy(
                        "Amitriptyline",
                        ",\"type\":\"" + kind + "\"" + (clinical.isEmpty() ? "" : Told.clinical(clinical))
                                + (verification.isEmpty() ? "" : Told.verified(verification))),
                GABAPENTINOID);

        assertThat(told.conclusions().trials().stream()
                        .filter(trial -> "amitriptyline".equals(trial.drug()))
                        .map(trial -> trial.outcome().code())
                        .toList())
                .isEqualTo(outcome.equals("none") ? List.of() : List.of(outcome));
        assertThat(result(told)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({"Major depression,not-met", "Neuropathic pain,met", "Depression and pain,met", "Insomnia,not-met"})
    void whatItWasFor(String indication, String result) {
        var forIt = TRICYCLIC.replace("\"status\"", "\"reasonCode\":[{\"text\":\"" + indication + "\"}],\"status\"");

        assertThat(result(after(forIt, GABAPENTINOID))).isEqualTo(result);
    }

    @Test
    void aNoteThatNamesADrugConcludesNothing() {
        var told = after(GABAPENTINOID).note("Amitriptyline 75 mg for 3 months without any effect");

        assertThat(told.trial("amitriptyline").outcome().code()).isEqualTo("insufficient-information");
        assertThat(result(told)).isEqualTo("unclear");
    }
}
