package org.referralgateway.clinical.tables;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordFinderTest {

    private static final WordFinder<String> WORDS = new WordFinder<>();

    static {
        WORDS.add("CRPS", "crps");
        WORDS.add("CRPS type 1", "crps-1");
        WORDS.add("post herpetic neuralgia", "phn");
        WORDS.add("neuralgia", "neuralgia");
        WORDS.add("sudeck*", "sudeck");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CRPS type 1", "crps-type-1 of the hand", "Known (CRPS Type 1)."})
    void theLongestPhraseWins(String text) {
        assertThat(WORDS.in(text)).extracting(WordFinder.Hit::value).containsExactly("crps-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Post-herpetic neuralgia", "post herpetic neuralgia since May"})
    void hyphensAreSpacesAndNothingIsFoundWithinAPhrase(String text) {
        assertThat(WORDS.in(text)).extracting(WordFinder.Hit::value).containsExactly("phn");
    }

    @Test
    void aStarStandsForTheRestOfAWord() {
        assertThat(WORDS.in("Sudeck's atrophy"))
                .extracting(WordFinder.Hit::value)
                .containsExactly("sudeck");
        assertThat(WORDS.in("CRPSX")).isEmpty();
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
        assertThat(WORDS.in(text))
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
        assertThat(WORDS.in(text))
                .singleElement()
                .satisfies(hit -> assertThat(hit.isAsserted()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mother has CRPS", "family history of CRPS", "CRPS in his brother"})
    void whatIsAboutTheFamilyIsMarked(String text) {
        assertThat(WORDS.in(text))
                .singleElement()
                .satisfies(hit -> assertThat(hit.ofFamily()).isTrue());
    }

    @Test
    void whatIsPastIsStillAsserted() {
        assertThat(WORDS.in("history of CRPS"))
                .singleElement()
                .satisfies(hit -> assertThat(hit.isAsserted()).isTrue());
    }
}
