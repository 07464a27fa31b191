package org.referralgateway.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 2 of the reference notes: each item of the minimum data set, there, missing, stale, or not asked for. */
class CompletenessRulesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pain-intensity | 72514-3 | \"valueInteger\":5",
                "pain-intensity | 91147-9 | \"valueQuantity\":{\"value\":5}",
                "weight | 29463-7 | \"valueQuantity\":{\"value\":70}",
                "mood-screen | 44261-6 | \"valueInteger\":3",
                "mood-screen | 55758-7 | \"valueInteger\":1",
                "substance-screen | 75626-2 | \"valueInteger\":1",
                "substance-screen | 82667-7 | \"valueInteger\":1",
                "function | 91147-9 | \"valueQuantity\":{\"value\":5}",
                "function | 77565-0 | \"valueQuantity\":{\"value\":5}",
                "blood-pressure | 85354-9 | \"valueString\":\"120/70\"",
                "pregnancy-status | 82810-3 | \"valueString\":\"not pregnant\"",
            })
    void aMeasuredItemIsPresentFor90Days(String item, String loinc, String value) {
        assertThat(Told.of().state(item)).isEqualTo("missing");
        assertThat(Told.of(Told.observation(loinc, value, "2026-08-24")).state(item))
                .isEqualTo("present");
        assertThat(Told.of(Told.observation(loinc, value, "2026-08-23")).state(item))
                .isEqualTo("stale");
        assertThat(Told.of(Told.observation(loinc, value, "")).state(item)).isEqualTo("stale");
    }

    @Test
    void bloodPressureNeedsBoth() {
        assertThat(Told.of(Told.quantity("8480-6", "120", "mmHg")).state("blood-pressure"))
                .isEqualTo("missing");
        assertThat(Told.of(
                                Told.quantity("8480-6", "120", "mmHg"),
                                Told.observation("8462-4", "\"valueQuantity\":{\"value\":70}", "2020-01-01"))
                        .state("blood-pressure"))
                .isEqualTo("stale");
    }

    @ParameterizedTest
    @CsvSource({
        "budapest-criteria,G90.511,missing", "budapest-criteria,M79.7,not-applicable",
        "fibromyalgia-criteria,M79.7,missing", "fibromyalgia-criteria,G90.511,not-applicable",
        "headache-days,G43.709,missing", "headache-days,M79.7,not-applicable",
        "amputation,G54.6,missing", "amputation,M79.7,not-applicable",
        "cord-injury,S14.109S,missing", "cord-injury,M79.7,not-applicable",
        "chemotherapy-history,G62.0,missing", "chemotherapy-history,M79.7,not-applicable",
    })
    void isAskedForWithItsGroup(String item, String code, String state) {
        assertThat(Told.about(Told.CM, code, "").state(item)).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "budapest-criteria,G90.511,Budapest criteria",
        "headache-days,G43.709,Headache days per month",
    })
    void aCheckListIsKnownByItsName(String item, String code, String name) {
        assertThat(Told.about(Told.CM, code, "", Told.named(name, "\"valueInteger\":8"))
                        .state(item))
                .isEqualTo("present");
        assertThat(Told.about(Told.CM, code, "").note(name + ": 8").state(item)).isEqualTo("present");
    }

    /** By the rows of conditions.csv and condition_words.csv that support the group. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chemotherapy-history|G62.0|Z92.21",
                "chemotherapy-history|G62.0|Z51.11",
                "amputation|G54.6|Z89.512",
            })
    void aHistoryIsKnownByItsCode(String item, String code, String history) {
        var past = Told.condition(Told.CM, history, Told.clinical("resolved"));

        assertThat(Told.about(Told.CM, code, "", past).state(item)).isEqualTo("present");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chemotherapy-history|G62.0|Six cycles of oxaliplatin in 2022|present",
                "chemotherapy-history|G62.0|Never had chemotherapy|missing",
                "chemotherapy-history|G62.0|Mother had chemotherapy|missing",
                "amputation|G54.6|Leg amputated in 2019|present",
                "amputation|G54.6|Oberschenkelamputation 2019|present",
            })
    void aHistoryIsKnownByItsWords(String item, String code, String note, String state) {
        assertThat(Told.about(Told.CM, code, "").note(note).state(item)).isEqualTo(state);
    }

    @Test
    void fibromyalgiaNeedsBothScores() {
        var index = Told.named("Widespread pain index", "\"valueInteger\":8");
        var severity = Told.named("Symptom severity scale", "\"valueInteger\":8");

        assertThat(Told.of(index).state("fibromyalgia-criteria")).isEqualTo("missing");
        assertThat(Told.of(severity).state("fibromyalgia-criteria")).isEqualTo("missing");
        assertThat(Told.of(index, severity).state("fibromyalgia-criteria")).isEqualTo("present");
        assertThat(Told.of().note("WPI 9").state("fibromyalgia-criteria")).isEqualTo("missing");
        assertThat(Told.of().note("WPI 9, SSS 8").state("fibromyalgia-criteria"))
                .isEqualTo("present");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "liver-panel | K74.60 | 1742-6",
                "ecg | I10 | 34534-8",
                "intraocular-pressure | H40.9 | 79892-6",
            })
    void aTestIsAskedForWhereItsRiskIsListed(String item, String code, String loinc) {
        var risk = Told.condition(Told.CM, code, "");

        assertThat(Told.of().state(item)).isEqualTo("not-applicable");
        assertThat(Told.of(risk).state(item)).isEqualTo("missing");
        assertThat(Told.of(risk, Told.quantity(loinc, "15", "")).state(item)).isEqualTo("present");
    }

    @ParameterizedTest
    @CsvSource({
        "male,1990-01-01,not-applicable",
        "female,1990-01-01,missing",
        "female,1950-01-01,not-applicable",
        "female,2015-01-01,not-applicable"
    })
    void pregnancyStatusIsAskedForWhereItIsPossible(String sex, String born, String state) {
        assertThat(Told.of()
                        .patient("\"gender\":\"" + sex + "\",\"birthDate\":\"" + born + "\"")
                        .state("pregnancy-status"))
                .isEqualTo(state);
    }

    @Test
    void pregnancyStatusIsNotAskedForAfterAHysterectomy() {
        assertThat(Told.of().note("Hysterectomy in 2015").state("pregnancy-status"))
                .isEqualTo("not-applicable");
        assertThat(Told.of(Told.condition(Told.CM, "Z34.90", "")).state("pregnancy-status"))
                .isEqualTo("present");
    }

    @ParameterizedTest
    @CsvSource({"20 mg bd,present", "'',missing"})
    void anOpioidNeedsItsDose(String dose, String state) {
        assertThat(Told.of(Told.current("oxycodone", dose)).state("opioid-dose"))
                .isEqualTo(state);
        assertThat(Told.of(Told.current("paracetamol", dose)).state("opioid-dose"))
                .isEqualTo("not-applicable");
    }

    @Test
    void noneIsAnAnswerForDrugsAndAllergies() {
        assertThat(Told.of().note("No current medication").state("current-medication"))
                .isEqualTo("present");
        assertThat(Told.of().note("NKDA").state("allergies")).isEqualTo("present");
        assertThat(Told.of().note("No drugs tried so far").state("treatment-history"))
                .isEqualTo("present");
        assertThat(Told.of(Told.allergy("Penicillin", "")).state("allergies")).isEqualTo("present");
        assertThat(Told.of(Told.current("paracetamol", "1 g")).state("current-medication"))
                .isEqualTo("present");
        assertThat(Told.of(Told.current("paracetamol", "1 g")).state("treatment-history"))
                .isEqualTo("missing");
        assertThat(Told.of(Told.stopped("paracetamol", "1 g", "2020-01-01", "2020-02-01", ""))
                        .state("treatment-history"))
                .isEqualTo("present");
    }

    @ParameterizedTest
    @CsvSource({
        "current-medication",
        "allergies",
        "treatment-history",
        "problems-or-letter",
        "onset",
        "body-site",
        "coverage",
        "consent",
        "other-treatments",
        "neuropathic-screen",
        "patient-contact",
        "referrer"
    })
    void whatWasNotSentIsMissing(String item) {
        assertThat(Told.of().state(item)).isEqualTo("missing");
    }

    @Test
    void whatWasSentIsThere() {
        assertThat(Told.of(Told.condition(Told.CM, "I10", "")).state("problems-or-letter"))
                .isEqualTo("present");
        assertThat(Told.about(Told.CM, "M79.7", "2020").state("onset")).isEqualTo("present");
        assertThat(Told.of(Told.named("DN4", "\"valueInteger\":5")).state("neuropathic-screen"))
                .isEqualTo("present");
        assertThat(Told.of(
                                "{\"resourceType\":\"Procedure\",\"status\":\"completed\",\"subject\":{\"reference\":\"Patient/p\"},\"code\":{\"text\":\"Nerve block\"}}")
                        .state("other-treatments"))
                .isEqualTo("present");
        assertThat(Told.of().state("reason")).isEqualTo("present");
        assertThat(Told.of().state("patient-identity")).isEqualTo("present");
        assertThat(Told.of().state("request-details")).isEqualTo("present");
        assertThat(Told.of().patient("\"gender\":\"male\"").state("patient-identity"))
                .isEqualTo("missing");
        assertThat(Told.of().patient("\"birthDate\":\"1980-01-01\"").state("patient-identity"))
                .isEqualTo("missing");
    }

    @Test
    void contactIsPhoneAndLanguage() {
        var phone =
                "\"gender\":\"male\",\"birthDate\":\"1980-01-01\",\"telecom\":[{\"system\":\"phone\",\"value\":\"555\"}]";
        var language = ",\"communication\":[{\"language\":{\"coding\":[{\"code\":\"en\"}]},\"preferred\":true}]";

        assertThat(Told.of().patient(phone).state("patient-contact")).isEqualTo("missing");
        assertThat(Told.of().patient(phone + language).state("patient-contact")).isEqualTo("present");
    }

    /** Level and date: in the code of an injury of the spine, in words, or as a body site. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Paraplegia after spinal cord injury at T6|2020-05-01||present",
                "Paraplegia after spinal cord injury|2020-05-01||missing",
                "Paraplegia after spinal cord injury at T6|||missing",
                "Fracture of the wrist at T6|2020-05-01||missing",
                "Paraplegia after spinal cord injury at T6|2020-05-01|refuted|missing",
            })
    void aCordInjuryNeedsItsLevelAndItsDate(String words, String since, String verified, String state) {
        var injury = Told.words(
                words, (since == null ? "" : Told.onset(since)) + (verified == null ? "" : Told.verified(verified)));

        assertThat(Told.about(Told.CM, "S14.109S", "", injury).state("cord-injury"))
                .isEqualTo(state);
    }

    @Test
    void anInjuryOfTheSpineIsALevelByItsCode() {
        assertThat(Told.about(Told.CM, "S14.109S", "2020-05-01").state("cord-injury"))
                .isEqualTo("present");
    }

    @Test
    void aTotalThatSomebodyElseComputedIsTheDoseOfAnOpioid() {
        var total = Told.named("Morphine milligram equivalents per day", "\"valueQuantity\":{\"value\":60}");

        assertThat(Told.of(Told.current("oxycodone", ""), total).state("opioid-dose"))
                .isEqualTo("present");
        assertThat(Told.of(total).state("opioid-dose")).isEqualTo("present");
        var coded = "{\"resourceType\":\"Observation\",\"status\":\"final\",\"subject\":{\"reference\":\"Patient/p\"},"
                + "\"code\":{\"coding\":[{\"system\":\"https://ehr.example/codes\",\"code\":\"MME\",\"display\":\"Daily opioid total\"}]},"
                + "\"valueQuantity\":{\"value\":60}}";
        assertThat(Told.of(coded).state("opioid-dose")).isEqualTo("present");
        var two = List.of(Told.current("oxycodone", "20 mg bd"), Told.current("morphine", ""));
        assertThat(Told.of(two.get(0), two.get(1)).state("opioid-dose")).isEqualTo("missing");
        assertThat(Told.of(two.get(0), two.get(1), total).state("opioid-dose")).isEqualTo("present");
    }

    @Test
    void anEcgMayBeADocument() {
        var heart = Told.condition(Told.CM, "I10", "");

        assertThat(Told.of(heart, document("Resting ECG of 3 November")).state("ecg"))
                .isEqualTo("present");
        assertThat(Told.of(heart, document("Clinic letter")).state("ecg")).isEqualTo("missing");
    }

    private static String document(String title) {
        return "{\"resourceType\":\"DocumentReference\",\"status\":\"current\",\"subject\":{\"reference\":\"Patient/p\"},"
                + "\"content\":[{\"attachment\":{\"contentType\":\"text/plain\",\"title\":\"" + title
                + "\",\"data\":\"VGV4dC4=\"}}]}";
    }

    @Test
    void chemotherapyIsAskedForWhereItIsAmongTheDiagnoses() {
        assertThat(Told.of(Told.condition(Told.CM, "G62.0", "")).state("chemotherapy-history"))
                .isEqualTo("missing");
        assertThat(Told.of(Told.condition(Told.CM, "G62.0", Told.verified("refuted")))
                        .state("chemotherapy-history"))
                .isEqualTo("not-applicable");
    }

    @Test
    void requiredAndConditionalGapsGoToTheSenderAndNeverRefuse() {
        var complete = Told.of().complete();
        var asked = complete.facts().completeness().stream()
                .filter(item -> item.mustBeAskedFor())
                .map(item -> item.item())
                .toList();

        assertThat(asked).contains("blood-pressure", "pregnancy-status").doesNotContain("weight", "ecg");
        var said = new ArrayList<String>();
        complete.referral()
                .issues()
                .forEach(issue -> said.addAll(Arrays.asList(issue.diagnostics().split(" "))));
        assertThat(said).containsAll(asked.stream().map(item -> item + ",").toList());
    }
}
