package org.referralgateway.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 6 of the reference notes, {@code emergency-redirect}: each flag by code, when it is new, and by words. */
class RedFlagRulesTest {

    @ParameterizedTest
    @CsvSource({
        "cauda-equina,G83.4,2026-05-26,2026-05-25",
        "cord-compression,G95.20,2026-05-26,2026-05-25",
        "acute-limb-ischaemia,I74.3,2026-08-24,2026-08-23",
        "sepsis,A41.9,2026-08-24,2026-08-23",
        "sepsis,R65.21,2026-08-24,2026-08-23",
        "sepsis,R57.2,2026-08-24,2026-08-23",
        "hypertensive-emergency,I16.1,2026-08-24,2026-08-23",
    })
    void isOneWhileItIsNew(String flag, String code, String stillNew, String old) {
        assertThat(Told.of(Told.condition(Told.CM, code, "")).flags()).containsExactly(flag);
        assertThat(Told.of(Told.condition(Told.CM, code, Told.onset(stillNew))).flags())
                .containsExactly(flag);
        assertThat(Told.of(Told.condition(Told.CM, code, Told.onset(old))).flags())
                .isEmpty();
        assertThat(Told.of(Told.condition(Told.WHO, code, "")).flags()).containsExactly(flag);
        assertThat(Told.of(Told.condition(Told.CM, code, Told.clinical("resolved")))
                        .flags())
                .isEmpty();
        assertThat(Told.of(Told.condition(Told.CM, code, Told.verified("refuted")))
                        .flags())
                .isEmpty();
    }

    @Test
    void thunderclapHeadacheIsAlwaysOne() {
        assertThat(Told.of(Told.condition(Told.CM, "G44.53", Told.onset("2019-01-01")))
                        .flags())
                .containsExactly("thunderclap-headache");
    }

    @ParameterizedTest
    @CsvSource({
        "cauda-equina,Cauda equina syndrome",
        "cord-compression,Spinal cord compression",
        "thunderclap-headache,Thunderclap headache",
        "acute-limb-ischaemia,Acute limb ischaemia",
        "sepsis,Urosepsis",
        "hypertensive-emergency,Hypertensive emergency"
    })
    void isOneInWords(String flag, String words) {
        assertThat(Told.of(Told.words(words, "")).flags()).containsExactly(flag);
        assertThat(Told.of(Told.words(words, Told.onset("2015"))).flags()).isEmpty();
        assertThat(Told.of().note("New: " + words + ".").flags()).containsExactly(flag);
        assertThat(Told.of().note("No " + words + ".").flags()).isEmpty();
        assertThat(Told.of().note("History of " + words + ".").flags()).isEmpty();
    }

    @Test
    void aHoldOfSuicidalityIsOne() {
        var told = Told.of(Told.score("44260-8", "1"));

        assertThat(told.flags()).containsExactly("suicidality");
        assertThat(told.conclusions().redFlags().getFirst().basis().rule()).isEqualTo("hold-of-suicidality");
        assertThat(told.conclusions().redFlags().getFirst().basis().used()).containsExactly("measurements[0]");
        assertThat(Told.of(Told.score("44261-6", "20")).flags()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "8480-6,219,2026-11-18,false",
        "8480-6,220,2026-11-18,true",
        "8462-4,119,2026-11-18,false",
        "8462-4,120,2026-11-18,true",
        "8480-6,220,2026-08-24,true",
        "8480-6,220,2026-08-23,false",
        "8480-6,220,'',true",
    })
    void hypertensiveEmergencyByPressure(String loinc, String value, String date, boolean flagged) {
        assertThat(Told.of(Told.observation(loinc, "\"valueQuantity\":{\"value\":" + value + "}", date))
                        .flags())
                .isEqualTo(flagged ? java.util.List.of("hypertensive-emergency") : java.util.List.of());
    }

    @Test
    void makesItAnEmergency() {
        assertThat(Told.of().note("Saddle anaesthesia since yesterday").urgency())
                .isEqualTo("emergency-redirect");
    }
}
