package org.referralgateway.clinical;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * When the next maintenance infusion may be: from one day after the last to another, with a warning before and overdue after,
 * and a new assessment after a longer gap. Source: the clinic's reference notes, section 7.
 *
 * @param fromDays first day of the window after the last infusion
 * @param untilDays its last day
 * @param newAssessmentAfterDays gap after which nobody infuses without a new assessment
 */
public record MaintenanceWindow(int fromDays, int untilDays, int newAssessmentAfterDays) {

    public MaintenanceWindow {
        if (fromDays < 0 || untilDays < fromDays || newAssessmentAfterDays < untilDays) {
            throw new IllegalArgumentException(
                    "The window must open before it closes, and a new assessment cannot be due before it closes.");
        }
    }

    public static MaintenanceWindow of(ClinicalPolicy policy) {
        return new MaintenanceWindow(
                policy.days("maintenance-from-days"),
                policy.days("maintenance-until-days"),
                policy.days("new-assessment-after-days"));
    }

    /** Where a day lies. */
    public enum Place {
        /** Warn, and let a clinician confirm. */
        TOO_EARLY,
        WITHIN,
        OVERDUE,
        NEW_ASSESSMENT_FIRST
    }

    /**
     * @param lastInfusion the day of the last one
     * @param day of the next one, or today
     */
    public Place place(LocalDate lastInfusion, LocalDate day) {
        long gap = ChronoUnit.DAYS.between(lastInfusion, day);
        if (gap < fromDays) {
            return Place.TOO_EARLY;
        }
        if (gap <= untilDays) {
            return Place.WITHIN;
        }
        return gap <= newAssessmentAfterDays ? Place.OVERDUE : Place.NEW_ASSESSMENT_FIRST;
    }

    /** The first day of the window. */
    public LocalDate opens(LocalDate lastInfusion) {
        return lastInfusion.plusDays(fromDays);
    }

    /** The last day of the window. */
    public LocalDate closes(LocalDate lastInfusion) {
        return lastInfusion.plusDays(untilDays);
    }
}
