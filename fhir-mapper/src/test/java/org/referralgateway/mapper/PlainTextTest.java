package org.referralgateway.mapper;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people see of text in which an EHR has put markup. */
class PlainTextTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "<b>Reason:</b> back pain&nbsp;, Reason: back pain",
                "`one<br>two<br/>three`, `one\ntwo\nthree`",
                "`<p>one</p><p>two</p>`, `one\ntwo`",
                "`<ul><li>gabapentin</li><li>duloxetine</li></ul>`, `- gabapentin\n- duloxetine`",
                "`<table><tr><td>drug</td><td>dose</td></tr></table>`, `drug | dose`",
                "5 &lt; 6 &amp; 7 &gt; 6, 5 < 6 & 7 > 6",
                "caf&eacute; &#233;&#xE9;, café éé",
                "<p>seen<!-- nothing --> today</p>, seen today",
                "<style>p{}</style><p>left</p>, left",
                "<p>pain < 5 and > 3</p>, pain < 5 and > 3",
                "<P STYLE='x'>Loud</P>, Loud",
                "&nbsp;&unknown; &#0; kept, &unknown; &#0; kept",
            })
    void readsAsPeopleWouldSeeIt(String markup, String text) {
        assertThat(PlainText.of(markup)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pain 8/10 < 3 months > 2 weeks",
                "Smith & Sons",
                "temperature <38",
                "a <- b; c",
                "two\n\n  lines",
                "<img src=x onerror=alert(1)>",
                "<patient@example.org>",
                "",
            })
    void whatDoesNotLookLikeMarkupOrIsNothingElseStays(String text) {
        assertThat(PlainText.of(text)).isEqualTo(text);
    }

    @Test
    void emptyLinesSeparateButDoNotPileUp() {
        assertThat(PlainText.of("<p>one</p><br><br><br><p>two</p>")).isEqualTo("one\n\ntwo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a", "&", "<!--", "<p ", "&#", "</", "<script>"})
    void hostileMarkupTakesNoLongerThanItsLength(String piece) {
        assertTimeoutPreemptively(ofSeconds(5), () -> PlainText.ofMarkup(piece.repeat(500_000)));
        assertTimeoutPreemptively(ofSeconds(5), () -> PlainText.of(piece.repeat(500_000) + "<p>x;"));
    }
}
