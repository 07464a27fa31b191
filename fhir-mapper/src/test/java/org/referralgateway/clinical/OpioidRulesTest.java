package org.referralgateway.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Morphine milligram equivalents a day, CDC 2022, table 2: dose times factor, each line shown. */
class OpioidRulesTest {

    @ParameterizedTest
    @CsvSource({
        "oxycodone,20 mg bd,60",
        "hydrocodone,10 mg qds,40",
        "morphine,30 mg bd,60",
        "hydromorphone,4 mg every 6 hours,80",
        "methadone,10 mg bd,94",
        "oxymorphone,10 mg bd,60",
        "tapentadol,100 mg bd,80",
        "tramadol,100 mg qds,80",
        "codeine,60 mg qds,36",
        "co-codamol 30/500,2 tablets qds,36",
        "fentanyl patch 25 mcg/h,25 mcg/h,60",
        "oxycodone,5-10 mg qds prn,60",
    })
    void doseTimesFactor(String drug, String dose, String mme) {
        var opioids = Told.of(Told.current(drug, dose)).conclusions().opioidDose();

        assertThat(opioids.mmePerDay()).isEqualByComparingTo(mme);
        assertThat(opioids.complete()).isTrue();
        assertThat(opioids.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.mme()).isEqualByComparingTo(mme));
    }

    @Test
    void thoseTakenNowAreAddedAndTheirArithmeticIsShown() {
        var opioids = Told.of(
                        Told.current("morphine", "30 mg bd"),
                        Told.current("oxycodone", "10 mg bd"),
                        Told.stopped("tramadol", "100 mg qds", "2024-01-01", "2024-02-01", ""))
                .conclusions()
                .opioidDose();

        assertThat(opioids.mmePerDay()).isEqualByComparingTo("90");
        assertThat(opioids.lines()).hasSize(2);
        assertThat(opioids.lines().get(1).dosePerDay()).isEqualByComparingTo("20");
        assertThat(opioids.lines().get(1).factor()).isEqualByComparingTo("1.5");
        assertThat(opioids.lines().get(1).mme()).isEqualByComparingTo("30");
    }

    @Test
    void theSameTabletsAreCountedOnce() {
        assertThat(Told.of(Told.current("morphine", "30 mg bd"), Told.current("morphine", "30 mg bd"))
                        .conclusions()
                        .opioidDose()
                        .mmePerDay())
                .isEqualByComparingTo("60");
        assertThat(Told.of(Told.current("morphine", "30 mg bd"), Told.current("morphine", "10 mg bd"))
                        .conclusions()
                        .opioidDose()
                        .mmePerDay())
                .isEqualByComparingTo("80");
    }

    @ParameterizedTest
    @CsvSource({"buprenorphine,2 mg bd,.factor", "oxycodone,'',.dose", "oxycodone,1 tablet bd,.dose"})
    void whatCannotBeComputedIsListedAndTheSumSaysSo(String drug, String dose, String missing) {
        var opioids = Told.of(Told.current("morphine", "10 mg bd"), Told.current(drug, dose))
                .conclusions()
                .opioidDose();

        assertThat(opioids.complete()).isFalse();
        assertThat(opioids.mmePerDay()).isEqualByComparingTo("20");
        assertThat(opioids.basis().missing()).containsExactly("treatments[1]" + missing);
    }

    @Test
    void noOpioidAmongTheDrugsIsNone() {
        assertThat(Told.of(Told.current("paracetamol", "1 g"))
                        .conclusions()
                        .opioidDose()
                        .mmePerDay())
                .isEqualByComparingTo("0");
        assertThat(Told.of().conclusions().opioidDose().mmePerDay()).isNull();
        assertThat(Told.of().conclusions().opioidDose().complete()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Morphine milligram equivalents per day", "Morphine equivalent dose", "MME/day", "OMEDD"})
    void aSumThatWasSentIsUsedWhereNothingCanBeComputed(String name) {
        var sent = Told.named(name, "\"valueQuantity\":{\"value\":75}");

        assertThat(Told.of(sent).conclusions().opioidDose().mmePerDay()).isEqualByComparingTo("75");
        assertThat(Told.of(sent, Told.current("oxycodone", ""))
                        .conclusions()
                        .opioidDose()
                        .mmePerDay())
                .isEqualByComparingTo("75");
        assertThat(Told.of(sent, Told.current("oxycodone", "20 mg bd"))
                        .conclusions()
                        .opioidDose()
                        .mmePerDay())
                .isEqualByComparingTo("60");
    }

    /** It is none of today's dose, and is not left out without a word. */
    @Test
    void whatIsOnHoldIsNamedAndNotAdded() {
        var held = Told.statement("on-hold", "oxycodone", "20 mg bd", "", "", "");
        var beside = Told.of(Told.current("morphine", "30 mg bd"), held)
                .conclusions()
                .opioidDose();
        var alone = Told.of(held).conclusions().opioidDose();

        assertThat(beside.mmePerDay()).isEqualByComparingTo("60");
        assertThat(beside.lines()).hasSize(1);
        assertThat(beside.basis().missing()).containsExactly("treatments[1].status");
        assertThat(alone.mmePerDay()).isEqualByComparingTo("0");
        assertThat(alone.basis().missing()).containsExactly("treatments[0].status");
    }
}
