package org.referralgateway.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.referralgateway.clinical.tables.ClinicFile;
import org.referralgateway.clinical.tables.ClinicalTables;

/** Section 6 of the reference notes: each rule of the policy's triage at its boundary. */
class TriageRulesTest {

    @ParameterizedTest
    @CsvSource({
        "stat,urgent,priority-stat-or-asap",
        "asap,urgent,priority-stat-or-asap",
        "urgent,soon,priority-urgent",
        "routine,deferred,minimum-data-missing"
    })
    void priority(String code, String level, String rule) {
        var told = Told.of().priority(code);

        assertThat(told.urgency()).isEqualTo(level);
        assertThat(told.fired().getFirst()).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-23,urgent,early-crps",
        "2026-05-22,soon,crps",
        "2026-06,urgent,early-crps",
        "2026-05,soon,crps",
        "'',soon,crps"
    })
    void earlyCrps(String onset, String level, String rule) {
        var told = Told.about(Told.CM, "G90.511", onset);

        assertThat(told.urgency()).isEqualTo(level);
        assertThat(told.fired().getFirst()).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({"2026-05-23,soon", "2026-05-22,deferred"})
    void earlyPostHerpeticNeuralgia(String onset, String level) {
        assertThat(Told.about(Told.CM, "B02.29", onset).urgency()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "Pain has spread to the shoulder,G90.511,urgent",
        "No longer spreading to the shoulder? Not spreading,G90.511,soon",
        "Pain has spread to the shoulder,M79.7,deferred"
    })
    void spreadingCrps(String note, String code, String level) {
        assertThat(Told.about(Told.CM, code, "2020-01-01").note(note).urgency()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"6.9,deferred", "7,soon", "8,soon", "10,soon"})
    void severePain(String score, String level) {
        assertThat(Told.of(Told.score("72514-3", score)).urgency()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "75893-8,7,soon",
        "38208-5,7,soon",
        "38214-3,70,soon",
        "38214-3,69,deferred",
        "38221-8,8,soon",
        "8480-6,7,deferred"
    })
    void painByAnyAcceptedCode(String loinc, String score, String level) {
        assertThat(Told.of(Told.score(loinc, score)).urgency()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"7.9,soon", "8,urgent"})
    void severePainWithLossOfFunction(String score, String level) {
        var told = Told.of(Told.score("72514-3", score));

        assertThat(told.note("No longer able to walk").urgency()).isEqualTo(level);
    }

    @Test
    void lossOfFunctionAloneIsNotEnough() {
        assertThat(Told.of().note("No longer able to walk").fired())
                .doesNotContain("severe-pain-with-loss-of-function");
    }

    @ParameterizedTest
    @CsvSource({
        "29 mg bd,deferred",
        "30 mg bd,soon",
    })
    void highOpioidDose(String dose, String level) {
        assertThat(Told.of(Told.current("oxycodone", dose)).urgency()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"G89.3,urgent", "G89.29,deferred"})
    void cancerRelatedPain(String code, String level) {
        assertThat(Told.about(Told.CM, code, "").urgency()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"active,urgent", "remission,deferred"})
    void aNeuropathicGroupBesideACancer(String clinical, String level) {
        assertThat(Told.of(Told.condition(Told.CM, "C50.911", Told.clinical(clinical)))
                        .urgency())
                .isEqualTo(level);
        assertThat(Told.of(Told.words("Metastatic breast cancer", Told.clinical(clinical)))
                        .urgency())
                .isEqualTo(level);
    }

    /** Codes of remission, and those of other systems, by sign_codes.csv. */
    @ParameterizedTest
    @CsvSource({
        "http://hl7.org/fhir/sid/icd-10-cm,C90.00,true",
        "http://hl7.org/fhir/sid/icd-10-cm,C90.01,false",
        "http://hl7.org/fhir/sid/icd-10,C50.9,true",
        "http://snomed.info/sct,254837009,true",
        "http://hl7.org/fhir/sid/icd-10-cm,Z85.3,false",
        "http://hl7.org/fhir/sid/icd-10-cm,D17.1,false"
    })
    void aCancerByItsCode(String system, String code, boolean fires) {
        assertThat(Told.of(Told.condition(system, code, "")).fired().contains("cancer-related-pain"))
                .isEqualTo(fires);
    }

    @ParameterizedTest
    @CsvSource({
        "Metastasiertes Mammakarzinom,true",
        "Cancer du sein m\u00e9tastatique,true",
        "Malignant hypertension,false",
        "Breast cancer survivor,false",
        "Breast cancer in remission,false"
    })
    void aCancerByItsName(String label, boolean fires) {
        assertThat(Told.of(Told.words(label, "")).fired().contains("cancer-related-pain"))
                .isEqualTo(fires);
    }

    @ParameterizedTest
    @CsvSource({
        "Known bone metastases from prostate cancer,true",
        "Father died of metastatic cancer,false",
        "No bone metastases,false",
        "Worried about cancer,false"
    })
    void anActiveCancerInANote(String note, boolean fires) {
        assertThat(Told.of().note(note).fired().contains("cancer-related-pain")).isEqualTo(fires);
    }

    @ParameterizedTest
    @CsvSource({"Trigeminusneuralgie rechts", "N\u00e9vralgie du trijumeau", "Trigeminal neuralgia"})
    void trigeminalNeuralgiaInWords(String reason) {
        assertThat(Told.of().reason(reason).fired()).contains("trigeminal-neuralgia");
    }

    @Test
    void acancerThatIsPastIsNone() {
        assertThat(Told.of(Told.words("History of breast cancer", "")).urgency())
                .isEqualTo("deferred");
        assertThat(Told.of(Told.words("Malignant hypertension in 2009, family history", Told.clinical("resolved")))
                        .fired())
                .doesNotContain("cancer-related-pain");
    }

    @Test
    void nerveInjury() {
        assertThat(Told.about(Told.CM, "S74.01XS", "2020-01-01").fired()).contains("nerve-injury");
        assertThat(Told.about(Told.CM, "S74.01XS", "2020-01-01").urgency()).isEqualTo("soon");
    }

    @ParameterizedTest
    @CsvSource({
        "http://hl7.org/fhir/sid/icd-10-cm,G50.0",
        "http://hl7.org/fhir/sid/icd-10,G50.0",
        "http://snomed.info/sct,31681005",
        "http://fhir.de/CodeSystem/bfarm/icd-10-gm,G50.0"
    })
    void trigeminalNeuralgia(String system, String code) {
        assertThat(Told.about(system, code, "2020-01-01").fired()).contains("trigeminal-neuralgia");
        assertThat(Told.about(system, code, "2020-01-01").urgency()).isEqualTo("soon");
    }

    @Test
    void trigeminalNeuralgiaInWords() {
        assertThat(Told.of().reason("Trigeminal neuralgia, left").fired()).contains("trigeminal-neuralgia");
    }

    @Test
    void failingMaintenance() {
        var ketamine = Told.stopped("ketamine", "", "2026-01-01", "2026-08-01", "");

        assertThat(Told.of(ketamine).note("Losing effect after two weeks").urgency())
                .isEqualTo("urgent");
        assertThat(Told.of().note("Maintenance infusions no longer last").urgency())
                .isEqualTo("urgent");
        assertThat(Told.of().note("Gabapentin is losing effect").urgency()).isEqualTo("deferred");
    }

    @ParameterizedTest
    @CsvSource({"2008-11-22,false", "2008-11-23,true"})
    void underAge(String born, boolean fires) {
        var told = Told.of().patient("\"gender\":\"female\",\"birthDate\":\"" + born + "\"");

        assertThat(told.fired().contains("under-age")).isEqualTo(fires);
        assertThat(told.urgency()).isEqualTo(fires ? "redirect" : "deferred");
    }

    @Test
    void notNeuropathic() {
        var told = Told.of().coded(Told.WHO, "M17.1", "Primary gonarthrosis");

        assertThat(told.fired()).contains("not-neuropathic");
        assertThat(told.urgency()).isEqualTo("redirect");
        assertThat(Told.of().reason("Arthritis of the knee").urgency()).isEqualTo("deferred");
        assertThat(Told.about(Told.WHO, "M17.1", "").urgency()).isEqualTo("deferred");
    }

    @ParameterizedTest
    @CsvSource({
        "dn4,3,true",
        "DN4 score,4,false",
        "painDETECT,12,true",
        "painDETECT,13,false",
        "S-LANSS,11,true",
        "S-LANSS,12,false"
    })
    void aScreenOfNeuropathicPainSpeaksForIt(String name, String score, boolean redirected) {
        var reason = Told.of(Told.named(name, "\"valueQuantity\":{\"value\":" + score + "}"));

        assertThat(reason.coded(Told.WHO, "M17.1", "Primary gonarthrosis")
                        .fired()
                        .contains("not-neuropathic"))
                .isEqualTo(redirected);
    }

    @ParameterizedTest
    @CsvSource({"burning and tingling,false", "aching on stairs,true"})
    void wordsSpeakForANeuropathicComponent(String note, boolean redirected) {
        assertThat(Told.of()
                        .coded(Told.WHO, "M17.1", "Primary gonarthrosis")
                        .note(note)
                        .fired()
                        .contains("not-neuropathic"))
                .isEqualTo(redirected);
    }

    @ParameterizedTest
    @CsvSource({"R52.0,Acute pain", "G89.11,Acute pain due to trauma", "S93.4,Acute ankle sprain"})
    void acutePain(String code, String display) {
        assertThat(Told.of().coded(Told.CM, code, display).fired()).contains("acute-pain");
        assertThat(Told.of().coded(Told.CM, code, display).urgency()).isEqualTo("redirect");
    }

    @ParameterizedTest
    @CsvSource({"2026-10-24,true", "2026-10-22,false"})
    void whatBeganWithinAMonthIsAcute(String onset, boolean acute) {
        assertThat(Told.about(Told.WHO, "M17.1", onset).fired().contains("acute-pain"))
                .isEqualTo(acute);
        assertThat(Told.about(Told.CM, "M79.7", onset).fired()).doesNotContain("acute-pain");
    }

    @Test
    void aHoldDefersOnlyWhatNothingCallsSoon() {
        var hold = Told.condition(Told.CM, "F20.9", "");

        assertThat(Told.of(hold).fired()).contains("hold-awaiting-clinician");
        assertThat(Told.of(hold).urgency()).isEqualTo("deferred");
        assertThat(Told.of(hold).priority("urgent").urgency()).isEqualTo("soon");
    }

    @Test
    void resistanceNotMetDefers() {
        assertThat(Told.of(Told.current("paracetamol", "1 g")).fired()).contains("resistance-not-met");
        assertThat(Told.of().fired()).doesNotContain("resistance-not-met");
    }

    @Test
    void whatIsMissingIsNamed() {
        var fired = Told.of().conclusions().triage().fired();

        assertThat(fired)
                .filteredOn(one -> one.basis().rule().equals("minimum-data-missing"))
                .singleElement()
                .satisfies(one -> assertThat(one.basis().missing()).contains("blood-pressure", "allergies"));
    }

    @Test
    void everyRuleThatMatchesIsKeptInOrder() {
        assertThat(Told.about(Told.CM, "G90.511", "2026-11-01", Told.score("72514-3", "9"))
                        .priority("stat")
                        .fired())
                .containsExactly(
                        "priority-stat-or-asap",
                        "early-crps",
                        "crps",
                        "severe-pain",
                        "minimum-data-missing",
                        "resistance-not-met",
                        "routine");
    }

    @Test
    void redFlag() {
        var told = Told.of().note("Suicidal, with a plan.");

        assertThat(told.urgency()).isEqualTo("emergency-redirect");
        assertThat(told.fired()).startsWith("red-flag");
    }

    @ParameterizedTest
    @CsvSource({"'[]',10115,false", "'[10, 12]',10115,false", "'[12, 13]',10115,true", "'[10]','',false"})
    void outsideRegion(String region, String postalCode, boolean fires) {
        var tables = ClinicalTables.shipped();
        var policy = PolicyFile.read(
                ClinicFile.text(null, ClinicalPolicy.FILE).replace("region: []", "region: " + region), tables);
        var told = Told.of()
                .patient("\"gender\":\"female\",\"birthDate\":\"1981-04-05\""
                        + (postalCode.isEmpty()
                                ? ""
                                : ",\"address\":[{\"city\":\"Town\",\"postalCode\":\"" + postalCode + "\"}]"));

        assertThat(told.conclusions(told.complete(new ClinicalRules(tables, policy))).triage().fired().stream()
                        .anyMatch(fired -> fired.basis().rule().equals("outside-region")))
                .isEqualTo(fires);
    }
}
