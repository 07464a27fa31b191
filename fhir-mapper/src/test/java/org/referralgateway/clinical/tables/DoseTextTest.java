package org.referralgateway.clinical.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoseTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "300 mg three times daily; 900",
                "300mg TID; 900",
                "300 mg t.i.d.; 900",
                "600 mg tds; 1800",
                "75 mg bd; 150",
                "75 mg b.i.d.; 150",
                "75 mg twice a day; 150",
                "Take 75 mg 2 times a day; 150",
                "Take 75 mg by mouth two times daily; 150",
                "50 mg at night; 50",
                "50 mg nocte; 50",
                "50 mg qhs; 50",
                "60 mg daily; 60",
                "60 mg once daily; 60",
                "60 mg od; 60",
                "60mg/day; 60",
                "1,800 mg daily; 1800",
                "1800 mg/day in three divided doses; 1800",
                "1800 mg daily in 3 divided doses; 1800",
                "titrated to 1800 mg per day; 1800",
                "2 x 75 mg daily; 150",
                "75 mg x 2 daily; 150",
                "300 mg 1-1-1; 900",
                "25 mg 0-0-1; 25",
                "300 mg 1-0-1-0; 600",
                "100 mg every 6 hours; 400",
                "100 mg q6h; 400",
                "100 mg 8 hourly; 300",
                "100 mg q12h; 200",
                "300 mg in the morning and 600 mg at night; 900",
                "300 mg mane and 600 mg nocte; 900",
                "started on 300 mg daily, increased to 600 mg tds; 1800",
                "300 mg tds, then 600 mg tds; 1800",
                "0.5 g twice daily; 1000",
                "0,5 g twice daily; 1000",
                "2,5 mg daily; 2.5",
                "1,200 mg daily; 1200",
                "500 micrograms daily; 0.5",
                "150 mg morning and evening; 300",
                "50-100 mg nocte; 50",
                "50 mg to 100 mg nocte; 100",
                "max. 2400 mg/day; 2400",
                "70 mg once weekly; 10",
                "10 mg nocte increasing to 75 mg; 75",
                "Percocet 5-325 mg every 6 hours; 20",
                "600 mg dreimal t\u00e4glich; 1800",
                "600 mg 3x tgl.; 1800",
                "75 mg morgens und abends; 150",
                "60 mg t\u00e4glich; 60",
                "60 mg pro Tag; 60",
                "300 mg alle 12 Stunden; 600",
                "150 mg 2x/jour; 300",
                "150 mg 2x/j; 300",
                "300 mg 3 fois par jour; 900",
                "75 mg matin et soir; 150",
                "60 mg/jour; 60",
                "300 mg toutes les 12 heures; 600",
                "150 mg cada 12 horas; 300",
                "300 mg 2 veces al d\u00eda; 600",
                "300 mg 2 veces al di\u0301a; 600",
                "60 mg al d\u00eda; 60",
                "75 mg por la ma\u00f1ana y por la noche; 150",
                "300 mg 3 keer per dag; 900",
            })
    void readsMilligramsADay(String text, String perDay) {
        assertThat(DoseText.of(text, null)).get().satisfies(daily -> {
            assertThat(daily.unit()).isEqualTo("mg");
            assertThat(daily.least()).isEqualByComparingTo(perDay);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1 tablet bd; 300",
                "one capsule three times a day; 450",
                "2 caps nocte; 300",
                "Take 2 capsules (300 mg) daily; 300",
                "half a tablet daily; 75",
                "1 tab 1-0-1; 300",
                "1 g\u00e9lule matin et soir; 300",
                "1 GELULE LE SOIR; 150",
                "2 comprim\u00e9s 3 fois par jour; 900",
                "une g\u00e9lule le matin; 150",
                "eine Kapsel zweimal t\u00e4glich; 300",
                "1 c\u00e1psula cada 12 horas; 300",
            })
    void multipliesByTheStrengthOfAPiece(String text, String perDay) {
        var strength = Strength.of("pregabalin", "Pregabalin 150 mg capsule");

        assertThat(DoseText.of(text, strength))
                .get()
                .satisfies(daily -> assertThat(daily.least()).isEqualByComparingTo(perDay));
    }

    /** A capsule is not a gram: only its strength says how much it is. */
    @Test
    void aCapsuleOfUnknownStrengthIsAPiece() {
        assertThat(DoseText.of("1 g\u00e9lule le soir", null)).get().satisfies(daily -> {
            assertThat(daily.unit()).isEqualTo("piece");
            assertThat(daily.most()).isEqualByComparingTo("1");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "as directed",
                "twice daily",
                "300 mg",
                "10 mg/ml twice daily",
                "1 mg/kg daily",
                "150 units every 3 months",
                "300 mg tablets",
                "one patch every 72 hours",
                "5 ml bd",
                "since 2019",
                "300 mg for 7 d",
                "300 mg pendant 7 jours",
            })
    void saysNothingOfWhatItCannotRead(String text) {
        assertThat(DoseText.of(text, null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "25 mcg/hr every 72 hours, 25",
        "12 micrograms/hour patch, 12",
        "one 25 mcg/h patch every 3 days, 25",
    })
    void aPatchGivesMicrogramsAnHour(String text, String rate) {
        assertThat(DoseText.of(text, null)).get().satisfies(daily -> {
            assertThat(daily.unit()).isEqualTo("ug/h");
            assertThat(daily.most()).isEqualByComparingTo(rate);
        });
    }

    @ParameterizedTest
    @CsvSource({"1 patch every 72 hours, 25", "2 patches every 72 hours, 50", "one patch every 3 days, 25"})
    void aPatchOfKnownStrengthIsNotMultipliedByHowOftenItIsChanged(String text, String rate) {
        var strength = Strength.of("fentanyl", "72 HR fentanyl 0.025 MG/HR Transdermal System [Duragesic]");

        assertThat(DoseText.of(text, strength))
                .get()
                .satisfies(daily -> assertThat(daily.most()).isEqualByComparingTo(rate));
    }

    @ParameterizedTest
    @CsvSource({
        "5 mg every 6 hours as needed, 20",
        "5-10 mg every 6 hours prn, 40",
        "10 mg up to 4 times daily if needed, 40",
        "10 mg 4x tgl. bei Bedarf, 40",
        "10 mg 4x/jour si besoin, 40",
        "10 mg 4 veces al dia si precisa, 40"
    })
    void asNeededIsMarkedAndKnowsItsMost(String text, String most) {
        assertThat(DoseText.of(text, null)).get().satisfies(daily -> {
            assertThat(daily.asNeeded()).isTrue();
            assertThat(daily.most()).isEqualByComparingTo(most);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "codeine; acetaminophen 300 MG / codeine phosphate 30 MG Oral Tablet; 30; PIECE",
                "oxycodone; 12 HR Naloxone Hydrochloride 10 MG / Oxycodone Hydrochloride 20 MG Extended Release Oral Tablet; 20; PIECE",
                "sertraline; sertraline 20 MG/ML Oral Solution; 20; MILLILITRE",
                "fentanyl; 72 HR fentanyl 0.025 MG/HR Transdermal System [Duragesic]; 25; HOUR",
                "gabapentin; Gabapentin 300mg capsules; 300; PIECE",
                "morphine; Oramorph 10 mg/5 ml oral solution; 2; MILLILITRE",
                "oxycodone; oxycodone-acetaminophen 5-325 mg tablet; 5; PIECE",
                "codeine; co-codamol 30/500; 30; PIECE",
                "oxycodone; Targin 20/10 mg Retardtabletten; 20; PIECE",
                "oxycodone; Targin 5 mg/2,5 mg; 5; PIECE",
                "codeine; Acetaminophen-Codeine 300/30 mg; 30; PIECE",
                "tramadol; Zaldiar 37,5 mg/325 mg; 37.5; PIECE",
            })
    void theStrengthIsReadOffTheName(String drug, String product, BigDecimal amount, Strength.Per per) {
        var strength = Strength.of(drug, product);

        assertThat(strength).isNotNull().satisfies(read -> {
            assertThat(read.amount()).isEqualByComparingTo(amount);
            assertThat(read.per()).isEqualTo(per);
        });
    }
}
