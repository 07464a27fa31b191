package org.referralgateway.clinical.tables;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordFinderTest {

    private final WordFinder<String> words = new WordFinder<>();

    WordFinderTest() {
        words.add("CRPS", "crps");
        words.add("CRPS type 1", "crps-1");
        words.add("post herpetic neuralgia", "phn");
        words.add("neuralgia", "neuralgia");
        words.add("sudeck*", "sudeck");
        words.add("migrain* with aura", "aura");
        words.add("migrain*", "migraine");
        words.add(" - ", "nothing");
        words.add("stump pain", "stump");
        words.add("pain after amputation", "after-amputation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CRPS type 1", "crps-type-1 of the hand", "Known (CRPS Type 1)."})
    void theLongestPhraseWins(String text) {
        assertThat(words.in(text)).extracting(WordFinder.Hit::value).containsExactly("crps-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Post-herpetic neuralgia", "post herpetic neuralgia since May"})
    void hyphensAreSpacesAndNothingIsFoundWithinAPhrase(String text) {
        assertThat(words.in(text)).extracting(WordFinder.Hit::value).containsExactly("phn");
    }

    @Test
    void aStarStandsForTheRestOfAWord() {
        assertThat(words.in("Sudeck's atrophy"))
                .extracting(WordFinder.Hit::value)
                .containsExactly("sudeck");
        assertThat(words.in("CRPSX")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CRPS, then neuralgia | crps neuralgia",
                "CRPS type 1 CRPS | crps-1 crps",
                "CRPS type, 1 | crps",
                "CRPS type | crps",
                "herpetic neuralgia | neuralgia",
                "stump pain after amputation | after-amputation",
                "stump pain | stump",
                "Migraines with aura | aura",
                "migraine without aura | migraine",
                "migraine with | migraine",
                "nothing of it | ''",
                "'' | ''",
            })
    void allPhrasesAreFoundInTheirOrder(String text, String values) {
        assertThat(words.in(text).stream().map(WordFinder.Hit::value))
                .containsExactly(values.isEmpty() ? new String[0] : values.split(" "));
    }

    @Test
    void aHitSaysWhereItIs() {
        assertThat(words.in("The known CRPS type 1 of 2024"))
                .containsExactly(new WordFinder.Hit<>("crps-1", 2, 3, false, false, false));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"CRPS, -", "sudeck*, -", "a * b, -", "*, the first word", "* pain, the first word", "'', -"})
    void aPhraseThatBeginsWithAnAsteriskIsAMistake(String phrase, @Nullable String mistake) {
        if (mistake == null) {
            assertThat(WordFinder.mistakeIn(phrase)).isNull();
        } else {
            assertThat(WordFinder.mistakeIn(phrase)).startsWith(mistake);
        }
    }

    /** A denial reaches six words; at once is within three and not past a comma. After a phrase it is looked for in four words. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no sign of CRPS | true | true",
                "no sign whatever of CRPS | true | false",
                "no, CRPS | true | false",
                "no sign whatever of it or CRPS | true | false",
                "no sign whatever of it all or CRPS | false | false",
                "no longer CRPS | false | true",
                "CRPS of the hand excluded | true | false",
                "CRPS of the left hand excluded | false | false",
                "CRPS, excluded: gout | false | false",
                "CRPS ruled out | true | false",
                "CRPS ruled in | false | false",
                "CRPS ruled | false | false",
                "out ruled CRPS | false | false",
                "not gout but CRPS | false | false",
            })
    void aDenialReachesSoFar(String text, boolean denied, boolean atOnce) {
        assertThat(words.in(text)).singleElement().satisfies(hit -> {
            assertThat(hit.denied()).isEqualTo(denied);
            assertThat(hit.deniedAtOnce()).isEqualTo(atOnce);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "CRPS in brother, true",
        "CRPS in her brother, true",
        "CRPS in the older brother, false",
        "CRPS of her brother, false",
        "'CRPS, in her brother', false",
        "in CRPS brother, false",
        "brother. CRPS, false",
        "Her sister Ann who lives abroad had CRPS, true",
        "Her husband has CRPS, true",
        "Lives with her husband who is kind and has CRPS, false",
        "'Her husband is a nurse, CRPS', false",
        "His wife is a nurse and he has CRPS, false",
        "Her husband reports CRPS, false",
        "Told her husband: CRPS, false",
    })
    void aRelativeIsNotThePatient(String text, boolean ofFamily) {
        assertThat(words.in(text))
                .singleElement()
                .satisfies(hit -> assertThat(hit.ofFamily()).isEqualTo(ofFamily));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no CRPS",
                "No evidence of CRPS",
                "CRPS ruled out",
                "CRPS was excluded",
                "denies fever, rash or CRPS",
                "CRPS: no",
                "CRPS unlikely",
            })
    void whatIsDeniedIsMarked(String text) {
        assertThat(words.in(text))
                .singleElement()
                .satisfies(hit -> assertThat(hit.isAsserted()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CRPS",
                "Not only CRPS",
                "No improvement of CRPS",
                "No fever. CRPS of the left hand",
                "no longer works but CRPS",
                "suspected CRPS",
            })
    void whatIsNotDeniedIsNot(String text) {
        assertThat(words.in(text))
                .singleElement()
                .satisfies(hit -> assertThat(hit.isAsserted()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mother has CRPS", "family history of CRPS", "CRPS in his brother"})
    void whatIsAboutTheFamilyIsMarked(String text) {
        assertThat(words.in(text))
                .singleElement()
                .satisfies(hit -> assertThat(hit.ofFamily()).isTrue());
    }

    @Test
    void whatIsPastIsStillAsserted() {
        assertThat(words.in("history of CRPS"))
                .singleElement()
                .satisfies(hit -> assertThat(hit.isAsserted()).isTrue());
    }
}
