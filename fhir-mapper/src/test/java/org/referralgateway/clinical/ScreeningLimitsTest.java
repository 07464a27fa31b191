package org.referralgateway.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each limit of the policy's section {@code screening}: just below, at, and just above. */
class ScreeningLimitsTest {

    private static final String HEART = "poorly-controlled-cardiovascular-disease";
    private static final String LIVER = "hepatic-disease";
    private static final String SUBSTANCE = "active-substance-use-disorder";

    @ParameterizedTest
    @CsvSource({
        "139,89,within-limits",
        "140,89,review",
        "139,90,review",
        "180,89,review",
        "181,89,hold",
        "139,100,review",
        "139,101,hold",
        "180,100,review"
    })
    void bloodPressure(String systolic, String diastolic, String level) {
        assertThat(Told.of(Told.quantity("8480-6", systolic, "mmHg"), Told.quantity("8462-4", diastolic, "mmHg"))
                        .level(HEART))
                .isEqualTo(level);
    }

    @Test
    void onePressureAloneIsNotEnoughToBeWithinLimits() {
        assertThat(Told.of(Told.quantity("8480-6", "120", "mmHg")).level(HEART)).isEqualTo("not-assessed");
        assertThat(Told.of(Told.quantity("8462-4", "70", "mmHg")).level(HEART)).isEqualTo("not-assessed");
    }

    @ParameterizedTest
    @CsvSource({"2026-08-24,within-limits", "2026-08-23,not-assessed", "'',not-assessed"})
    void staleDays(String date, String level) {
        var systolic = Told.observation("8480-6", "\"valueQuantity\":{\"value\":120}", date);
        var diastolic = Told.observation("8462-4", "\"valueQuantity\":{\"value\":70}", date);

        assertThat(Told.of(systolic, diastolic).level(HEART)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"2026-10-01,review", "2026-08-24,review", "2026-08-23,within-limits"})
    void aHoldBeforeTheNewestReadingIsAReviewWhileItIsFresh(String date, String level) {
        assertThat(Told.of(
                                Told.observation("8480-6", "\"valueQuantity\":{\"value\":190}", date),
                                Told.quantity("8480-6", "120", "mmHg"),
                                Told.quantity("8462-4", "70", "mmHg"))
                        .level(HEART))
                .isEqualTo(level);
    }

    @Test
    void anOldHoldThatNothingFollowedStaysOne() {
        assertThat(Told.of(Told.observation("8480-6", "\"valueQuantity\":{\"value\":190}", "2020-01-01"))
                        .level(HEART))
                .isEqualTo("hold");
    }

    @ParameterizedTest
    @CsvSource({"142/88,review", "182/88,hold", "118/76,within-limits"})
    void aPanelInWordsHasBothPressures(String text, String level) {
        assertThat(Told.of(Told.observation("85354-9", "\"valueString\":\"" + text + " mmHg\"", "2026-11-18"))
                        .level(HEART))
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "1742-6,120,U/L,within-limits",
        "1742-6,120.1,U/L,review",
        "1920-8,120,U/L,within-limits",
        "1920-8,121,U/L,review",
        "1975-2,2.4,mg/dL,within-limits",
        "1975-2,2.5,mg/dL,review",
        "1975-2,41,umol/L,within-limits",
        "1975-2,42,umol/L,review",
        "1742-6,2,ukat/L,within-limits",
        "1742-6,2.1,ukat/L,review",
    })
    void liverTestsAgainstTheClinicsUpperLimits(String loinc, String value, String unit, String level) {
        assertThat(Told.of(Told.quantity(loinc, value, unit)).level(LIVER)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "165 | {\"high\":{\"value\":55}} | within-limits",
                "166 | {\"high\":{\"value\":55}} | review",
                "150 | {\"low\":{\"value\":7},\"high\":{\"value\":50}} | within-limits",
                "151 | {\"low\":{\"value\":7},\"high\":{\"value\":50}} | review",
                "150 | {\"text\":\"7-50 U/L\"} | within-limits",
                "151 | {\"text\":\"7-50 U/L\"} | review",
                "121 | {\"low\":{\"value\":7}} | review",
                "180 | {\"high\":{\"value\":1,\"unit\":\"ukat/L\"}} | within-limits",
                "181 | {\"high\":{\"value\":1,\"unit\":\"ukat/L\"}} | review",
            })
    void liverTestsAgainstTheLaboratorysUpperLimit(String value, String range, String level) {
        var json = "\"valueQuantity\":{\"value\":" + value + ",\"unit\":\"U/L\"},\"referenceRange\":[" + range + "]";

        assertThat(Told.of(Told.observation("1742-6", json, "2026-11-18")).level(LIVER))
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "75624-7,7,within-limits",
        "75624-7,8,review",
        "82667-7,2,within-limits",
        "82667-7,3,review",
        "91392-1,7,within-limits",
        "91392-1,8,review",
        "75626-2,2,within-limits",
        "75626-2,3,review"
    })
    void scoresOfSubstanceUse(String loinc, String value, String level) {
        assertThat(Told.of(Told.score(loinc, value)).level(SUBSTANCE)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"3,within-limits", "4,review"})
    void auditCOfAMan(String value, String level) {
        assertThat(Told.of(Told.score("75626-2", value)).man().level(SUBSTANCE)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "44260-8,0,within-limits",
        "44260-8,1,hold",
        "44260-8,3,hold",
        "44261-6,19,not-assessed",
        "44261-6,20,review"
    })
    void phq9AndItsItem9(String loinc, String value, String level) {
        assertThat(Told.of(Told.score(loinc, value)).level("suicidality")).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "79892-6,21,within-limits",
        "79892-6,21.5,review",
        "79893-4,21,within-limits",
        "79893-4,22,review",
        "79893-4,2.9,review"
    })
    void intraocularPressure(String loinc, String value, String level) {
        assertThat(Told.of(Told.quantity(loinc, value, value.equals("2.9") ? "kPa" : "mm[Hg]"))
                        .level("elevated-intraocular-pressure"))
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "82810-3,http://snomed.info/sct,77386006,hold",
        "82810-3,http://loinc.org,LA15173-0,hold",
        "82810-3,http://snomed.info/sct,60001007,within-limits",
        "82810-3,http://loinc.org,LA26683-5,within-limits",
        "82810-3,http://loinc.org,LA4489-6,not-assessed",
        "2106-3,http://snomed.info/sct,10828004,hold",
        "2118-8,http://snomed.info/sct,260385009,within-limits",
        "80384-1,http://snomed.info/sct,260373001,hold",
    })
    void answersAboutPregnancy(String loinc, String system, String code, String level) {
        var value = "\"valueCodeableConcept\":{\"coding\":[{\"system\":\"" + system + "\",\"code\":\"" + code + "\"}]}";

        assertThat(Told.of(Told.observation(loinc, value, "2026-11-18")).level("pregnancy"))
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"2026-08-24,within-limits", "2026-08-23,not-assessed"})
    void anOldNegativeTestSaysNothing(String date, String level) {
        assertThat(Told.of(Told.observation("2106-3", "\"valueString\":\"negative\"", date))
                        .level("pregnancy"))
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"positive,review", "Positive (confirmed).,review", "negative,within-limits", "pending,not-assessed"})
    void drugTests(String text, String level) {
        assertThat(Told.of(Told.observation("65750-2", "\"valueString\":\"" + text + "\"", "2026-11-18"))
                        .level(SUBSTANCE))
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"2026-08-24,information", "2026-08-23,not-assessed"})
    void weight(String date, String level) {
        assertThat(Told.of(Told.observation("29463-7", "\"valueQuantity\":{\"value\":70,\"unit\":\"kg\"}", date))
                        .level("dosing-and-baseline-data"))
                .isEqualTo(level);
    }

    @Test
    void whatWasLookedForAndIsNotThereIsNamed() {
        assertThat(Told.of().finding(HEART).basis().missing())
                .containsExactlyInAnyOrder("systolic-blood-pressure", "diastolic-blood-pressure");
        assertThat(Told.of().finding(LIVER).basis().missing())
                .containsExactlyInAnyOrder("alanine-aminotransferase", "aspartate-aminotransferase", "bilirubin");
        assertThat(Told.of(Told.score("44261-6", "3"))
                        .finding("suicidality")
                        .basis()
                        .missing())
                .contains("phq-9-item-9");
    }

    @Test
    void theNumberAndItsUnitAreShown() {
        var finding = Told.of(Told.quantity("8480-6", "26", "kPa")).finding(HEART);

        assertThat(finding.value()).isEqualByComparingTo("195.017");
        assertThat(finding.unit()).isEqualTo("mm[Hg]");
        assertThat(finding.basis().rule()).isEqualTo("systolic-blood-pressure");
        assertThat(finding.basis().used()).contains("measurements[0]");
    }

    /** A laboratory may say POS and send no value; of two kinds of test the newer does not settle the older. */
    @Test
    void aTestOfPregnancyCountsByItsInterpretationAndKind() {
        var positive = "\"interpretation\":[{\"coding\":[{\"code\":\"POS\"},{\"code\":\"A\"}]}]";
        var twice = "\"interpretation\":[{\"coding\":[{\"code\":\"POS\"}]},{\"coding\":[{\"code\":\"A\"}]}]";
        var negative = "\"interpretation\":[{\"coding\":[{\"code\":\"NEG\"}]}]";

        assertThat(Told.of(Told.observation("2106-3", positive, "2026-11-18")).level("pregnancy"))
                .isEqualTo("hold");
        assertThat(Told.of(Told.observation("2106-3", twice, "2026-11-18")).level("pregnancy"))
                .isEqualTo("hold");
        assertThat(Told.of(Told.observation("2106-3", negative, "2026-11-18")).level("pregnancy"))
                .isEqualTo("within-limits");
        assertThat(Told.of(
                                Told.observation("2106-3", positive, "2026-11-15"),
                                Told.observation("2118-8", negative, "2026-11-18"))
                        .level("pregnancy"))
                .isEqualTo("hold");
    }
}
