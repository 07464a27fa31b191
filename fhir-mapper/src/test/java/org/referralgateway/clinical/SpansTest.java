package org.referralgateway.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.clinical.Spans.Span;

class SpansTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    @ParameterizedTest
    @CsvSource({
        "2026-01-01, 2026-01-29, 28, 28",
        "2026-01-01T08:00:00Z, 2026-01-29, 28, 28",
        "2026-01, 2026-03, 29, 89",
        "2025, 2026, 1, 729",
        "2026-01, 2026-01, 0, 30",
    })
    void openDatesMakeASpanWider(String start, String stop, int least, int most) {
        assertThat(Spans.between(start, stop)).isEqualTo(new Span(least, most));
    }

    @ParameterizedTest
    @CsvSource({"2026-02-01, 2026-01-01", "soon, 2026-01-01", "2026-01-01, later", "2026-13, 2027"})
    void whatIsNoSpanIsAbsent(String start, String stop) {
        assertThat(Spans.between(start, stop)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "for 8 weeks; 56; 56",
                "8 week trial; 56; 56",
                "8-week trial of 1800 mg; 56; 56",
                "taken for 3 months without benefit; 90; 90",
                "x 6/52; 42; 42",
                "3/12 course; 90; 90",
                "for six weeks; 42; 42",
                "for 4-6 weeks; 28; 42",
                "stopped after 10 days; 10; 10",
                "for less than 4 weeks; 0; 27",
                "300 mg for 2 weeks, then 1800 mg for 8 weeks; 56; 56",
                "for a month; 30; 30",
                "12 weeks; 84; 84",
                "for 1 year; 365; 365",
                "8 Wochen lang; 56; 56",
                "pendant 3 mois; 90; 90",
                "durante 6 semanas; 42; 42",
                "gedurende 10 dagen; 10; 10",
            })
    void readsHowLongADrugWasTaken(String text, int least, int most) {
        assertThat(Spans.inText(text)).isEqualTo(new Span(least, most));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "3 months ago",
                "one patch every 3 days",
                "pain 6/10",
                "300 mg",
                "50 years old",
                "600 mg, 3 times per day",
                "one tablet a day",
                "long",
                "70 mg once a week",
                "alle 3 Tage",
                "toutes les 8 semaines",
                "vor 3 Wochen",
                "il y a 3 mois",
                "hace 2 meses"
            })
    void findsNoLengthWhereThereIsNone(String text) {
        assertThat(Spans.inText(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2026-08-24; 90; 90",
                "2026-08; 83; 113",
                "2 years ago; 730; 730",
                "for 3 months; 90; 90",
                "since 2024; 691; 1056",
                "over 5 years; 1825; 50000",
                "age 50 years; 3883; 4249",
                "seit ca. 3 Jahren; 1095; 1095",
                "depuis 2 ans; 730; 730",
                "desde hace 5 a\u00f1os; 1825; 1825",
                "depuis 2024; 691; 1056",
                "seit 6 Wochen; 42; 42",
            })
    void knowsSinceWhenItHurts(String onset, int least, int most) {
        assertThat(Spans.since(onset, "1965-04-05", TODAY)).isEqualTo(new Span(least, most));
    }

    @Test
    void ofSeveralLinesAnOverIsNotOfTheLength() {
        assertThat(Spans.since("3 months\nworse over the last week", "1965-04-05", TODAY))
                .isEqualTo(new Span(90, 90));
    }

    @Test
    void anAgeSaysNothingWithoutADateOfBirth() {
        assertThat(Spans.since("age 50 years", null, TODAY)).isNull();
        assertThat(Spans.since("childhood", "1965-04-05", TODAY)).isNull();
        assertThat(Spans.since(null, "1965-04-05", TODAY)).isNull();
    }
}
