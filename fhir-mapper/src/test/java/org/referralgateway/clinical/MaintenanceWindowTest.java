package org.referralgateway.clinical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.referralgateway.clinical.MaintenanceWindow.Place;

/** The next infusion: 30 to 90 days after the last. */
class MaintenanceWindowTest {

    private static final LocalDate LAST = LocalDate.parse("2026-01-01");
    private static final MaintenanceWindow WINDOW = MaintenanceWindow.of(ClinicalPolicy.shipped());

    @ParameterizedTest
    @CsvSource({
        "-1, TOO_EARLY",
        "0, TOO_EARLY",
        "29, TOO_EARLY",
        "30, WITHIN",
        "90, WITHIN",
        "91, OVERDUE",
        "180, OVERDUE",
        "181, NEW_ASSESSMENT_FIRST",
    })
    void isWhereTheDaysSinceTheLastInfusionPutIt(int days, Place place) {
        assertThat(WINDOW.place(LAST, LAST.plusDays(days))).isEqualTo(place);
    }

    @Test
    void opensAfterThirtyDaysAndClosesAfterNinety() {
        assertThat(WINDOW.opens(LAST)).isEqualTo("2026-01-31");
        assertThat(WINDOW.closes(LAST)).isEqualTo("2026-04-01");
    }

    @ParameterizedTest
    @CsvSource({"-1, 90, 180", "30, 29, 180", "30, 90, 89"})
    void cannotCloseBeforeItOpens(int from, int until, int newAssessment) {
        assertThatIllegalArgumentException().isThrownBy(() -> new MaintenanceWindow(from, until, newAssessment));
    }
}
