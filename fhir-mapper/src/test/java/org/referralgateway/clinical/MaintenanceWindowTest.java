package org.referralgateway.clinical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.referralgateway.clinical.MaintenanceWindow.Place;
import org.referralgateway.clinical.tables.ClinicFile;
import org.referralgateway.clinical.tables.ClinicalTables;

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
    @CsvSource({
        "maintenance-from-days: 30, maintenance-from-days: 40, 35, TOO_EARLY",
        "maintenance-until-days: 90, maintenance-until-days: 60, 70, OVERDUE",
        "new-assessment-after-days: 180, new-assessment-after-days: 120, 130, NEW_ASSESSMENT_FIRST"
    })
    void aClinicSetsItsDays(String shipped, String own, int days, Place place) {
        var tables = ClinicalTables.shipped();
        var policy = ClinicFile.text(null, ClinicalPolicy.FILE).replace(shipped, own);

        assertThat(WINDOW.place(LAST, LAST.plusDays(days))).isNotEqualTo(place);
        assertThat(MaintenanceWindow.of(PolicyFile.read(policy, tables)).place(LAST, LAST.plusDays(days)))
                .isEqualTo(place);
    }

    @ParameterizedTest
    @CsvSource({"-1, 90, 180", "30, 29, 180", "30, 90, 89"})
    void cannotCloseBeforeItOpens(int from, int until, int newAssessment) {
        assertThatIllegalArgumentException().isThrownBy(() -> new MaintenanceWindow(from, until, newAssessment));
    }
}
