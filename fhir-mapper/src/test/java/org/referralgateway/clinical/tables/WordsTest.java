package org.referralgateway.clinical.tables;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the text of a condition or a drug is cut: a comma ends a clause (shown as a comma), a point a sentence. */
class WordsTest {

    private static String cut(String text) {
        var words = Words.of(text);
        var cut = new StringBuilder();
        for (int i = 0; i < words.words().length; i++) {
            cut.append(i == 0 ? "" : " ").append(words.words()[i]);
            if (words.endsSentence(i)) {
                cut.append('.');
            } else if (words.endsClause(i)) {
                cut.append(',');
            }
        }
        return cut.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "Pain, left hand; pain, left hand",
                "Gabapentin300mg; gabapentin 300 mg",
                "B12; b 12",
                "1.5 mg or 2,5 mg; 1.5 mg or 2,5 mg",
                ".5 mg; 5 mg",
                "5. Then; 5. then",
                "at 5.; at 5.",
                "5.a; 5. a",
                "a.5; a. 5",
                "hasn't; hasn't",
                "hasn\u2019t; hasn't",
                "'so'; so",
                "it'; it",
                "5'6; 5 6",
                "a'6; a 6",
                "6'a; 6 a",
                "pain (left) hand; pain, left, hand",
                "pain.) So; pain. so",
                "pain,. So; pain. so",
                "Why? Now! Then; why. now. then",
                "one-two/three; one two three",
                "the the, the; the the, the",
                "\"\"; \"\"",
            })
    void isCutIntoWordsWithTheirEnds(String text, String words) {
        assertThat(cut(text)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"';',pain. so", "'\n',pain. so"})
    void aSemicolonAndANewLineEndASentence(String end, String words) {
        assertThat(cut("pain" + end + "so")).isEqualTo(words);
    }
}
