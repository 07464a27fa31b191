package org.referralgateway.clinical.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a text is cut into words, clauses and commas. */
class TokensTest {

    private static String words(String text) {
        var tokens = Tokens.of(text);
        var words = new ArrayList<String>();
        for (int i = 0; i < tokens.size(); i++) {
            words.add((i > 0 && !tokens.isSameClause(i - 1, i) ? "| " : "") + tokens.word(i));
        }
        return String.join(" ", words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "No Pain, no gain; no pain no gain",
                "R\u00e9tention; retention",
                "Re\u0301tention; retention",
                "S\u0152UR; soeur",
                "Fu\u00df; fuss",
                "Pain. None; pain | none",
                "Pain.None; pain none",
                "1.5 mg; 1.5 mg",
                "doesn\u2019t; doesn't",
                "St. n. MI; st | n | mi",
                "Z.n. MI; z n mi",
                "not tired but sad; not tired | but sad",
                "triste pero sano; triste | pero sano",
                "pain?CES; pain | ces",
                "pain ?CES; pain | query ces",
                "?CES; | query ces",
                "(?MI); | query mi",
                "well? 5; well | 5",
                "R/O MI; r o mi",
                "im 7. Monat schwanger; im 7 monat schwanger",
                "pain 7. Suicidal; pain 7 | suicidal",
                "seit 2019. Woche um Woche; seit 2019 | woche um woche",
                "im 7. Wochenbett; im 7 | wochenbett",
                "7. ; 7",
            })
    void isCutIntoWordsAndClauses(String text, String words) {
        assertThat(words(text)).isEqualTo(words.replaceFirst("^\\| ", ""));
    }

    @Test
    void commasAreCounted() {
        var tokens = Tokens.of("one, two three, four");

        assertThat(tokens.commasBetween(0, 1)).isEqualTo(1);
        assertThat(tokens.commasBetween(1, 2)).isZero();
        assertThat(tokens.commasBetween(0, 3)).isEqualTo(2);
    }

    @Test
    void whatIsOutsideIsEmptyAndInNoClause() {
        var tokens = Tokens.of("one");

        assertThat(tokens.word(-1)).isEmpty();
        assertThat(tokens.word(1)).isEmpty();
        assertThat(tokens.isSameClause(-1, 0)).isFalse();
        assertThat(tokens.isSameClause(0, 1)).isFalse();
        assertThat(tokens.has("one")).isTrue();
        assertThat(tokens.has("two")).isFalse();
        assertThat(Tokens.of("").size()).isZero();
    }

    @Test
    void aLongTextIsReadWhole() {
        var tokens = Tokens.of("word ".repeat(1000) + "end");

        assertThat(tokens.size()).isEqualTo(1001);
        assertThat(tokens.word(1000)).isEqualTo("end");
        assertThat(tokens.isSameClause(0, 1000)).isTrue();
    }

    @Test
    void whatIsLongerThanALetterOfSixtyPagesIsCut() {
        assertThat(Tokens.of("x".repeat(199_998) + " end").has("end")).isFalse();
        assertThat(Tokens.of("x".repeat(199_990) + " end").has("end")).isTrue();
    }
}
