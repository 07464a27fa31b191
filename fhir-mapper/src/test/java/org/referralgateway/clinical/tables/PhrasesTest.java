package org.referralgateway.clinical.tables;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phrases of the word tables in sentences, and the year that stands beside them. */
class PhrasesTest {

    private final Phrases<String> phrases = new Phrases<>();

    PhrasesTest() {
        phrases.add("hypertension", "hypertension");
        phrases.add("ocular hypertension", "eyes");
        phrases.add("suicid*", "suicidality");
        phrases.add("overdose", "suicidality");
        phrases.add("query ces", "cauda-equina");
        phrases.add("heart attack * weeks ago", "heart");
        phrases.add("pre eclampsia", "pre-eclampsia");
    }

    private java.util.List<String> in(String text) {
        return phrases.in(Tokens.of(text)).stream()
                .map(Phrases.Mention::meaning)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "Hypertension,hypertension",
        "ocular hypertension,eyes",
        "Suicidal,suicidality",
        "SUICIDE RISK,suicidality",
        "weakness ?CES,cauda-equina",
        "?CES,cauda-equina",
        "heart attack three weeks ago,heart",
        "pre-eclampsia,pre-eclampsia"
    })
    void areFound(String text, String meaning) {
        assertThat(in(text)).containsExactly(meaning);
    }

    @ParameterizedTest
    @CsvSource({"hypertensions", "suici", "heart. attack three weeks ago", "heart attack weeks ago", "is this ces", "''"
    })
    void areNotFoundInPartOrAcrossSentences(String text) {
        assertThat(in(text)).isEmpty();
    }

    @Test
    void aPhraseBesideALongerOneCounts() {
        assertThat(in("hypertension and ocular hypertension")).containsExactly("hypertension", "eyes");
    }

    @ParameterizedTest
    @CsvSource({
        "overdose in 1998,1998",
        "overdose 1998,1998",
        "overdose (2003),2003",
        "overdose back in 2019,2019",
        "overdose in March of 2019,2019",
        "overdose seen by psychiatry in March 2019,2019",
        "overdose in the early spring of the year 2019,",
        "in 2019 after overdose,2019",
        "in 2019 because of overdose,2019",
        "'in 2019, after overdose',",
        "since 2019 after overdose,",
        "CRPS since an accident in 2019 with overdose,",
        "Under psychiatry since March 2016 for overdose,",
        "MS in 2014 with overdose,",
        "since a fall in 2018 because of overdose,",
        "in 2019 due to overdose,2019",
        "2019 with all of an overdose,",
        "1998 overdose,1998",
        "'overdose, seen in 1998',",
        "overdose. 1998,",
        "overdose since 1998,",
        "since 1998 overdose,",
        "overdose 1898,",
        "overdose 19x8,",
        "overdose 20198,",
        "overdose,"
    })
    void theYearBesideIsSaid(String text, @Nullable Integer year) {
        assertThat(phrases.in(Tokens.of(text)).getFirst().year()).isEqualTo(year);
    }

    @ParameterizedTest
    @CsvSource({
        "overdose since 1998,1998",
        "overdose since the accident in 1998,1998",
        "overdose ongoing and unchanged since 1998,1998",
        "overdose with back pain since 1998,",
        "overdose from 1998,",
        "new overdose since 1998,",
        "'overdose since 1998, much worse since last week',",
        "overdose in 1998,",
        "'overdose, well since 1998',",
        "overdose since. 1998,",
        "overdose since last spring,"
    })
    void theYearSinceWhichItLastsIsSaid(String text, @Nullable Integer year) {
        assertThat(phrases.in(Tokens.of(text)).getFirst().since()).isEqualTo(year);
    }

    @ParameterizedTest
    @CsvSource({
        "ab,a phrase needs at least three letters",
        "a*b,a phrase needs at least three letters",
        "abc,",
        "abc*,the first word needs four letters before its asterisk",
        "abc* def,the first word needs four letters before its asterisk",
        "abcd*,",
        "abcd ef*,"
    })
    void aPhraseThatCannotBeFoundIsAMistake(String phrase, @Nullable String mistake) {
        if (mistake == null) {
            assertThat(Phrases.mistakeIn(phrase)).isNull();
        } else {
            assertThat(Phrases.mistakeIn(phrase)).startsWith(mistake);
        }
    }
}
