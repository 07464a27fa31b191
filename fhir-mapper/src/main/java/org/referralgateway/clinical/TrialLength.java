package org.referralgateway.clinical;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.Spans.Span;
import org.referralgateway.mapper.Referral;
import org.referralgateway.mapper.Referral.Course;
import org.referralgateway.mapper.Referral.Treatment;

/**
 * How long a drug was taken: by its dates, else by words, else by what was supplied. Source: the clinic's reference notes,
 * section 3.
 */
final class TrialLength {

    private final Referral referral;
    private final List<Integer> rows;
    private final LocalDate today;
    private final int gapDays;
    private final List<String> used;

    /**
     * @param rows of the referral's treatments that are about the drug
     * @param today until when a drug that is still taken has been taken
     * @param gapDays between two periods that are one trial, at most
     * @param used to add the fields to on which the length rests
     */
    TrialLength(Referral referral, List<Integer> rows, LocalDate today, int gapDays, List<String> used) {
        this.referral = referral;
        this.rows = rows;
        this.today = today;
        this.gapDays = gapDays;
        this.used = used;
    }

    private Treatment row(int i) {
        return referral.treatments().get(i);
    }

    /** The longest of what the rows say; rows that follow each other are added, after a long gap another trial begins. */
    @Nullable
    Span days() {
        Span longest = null;
        Span trial = null;
        for (int i : rows) {
            var span = days(i);
            if (span != null) {
                trial = trial == null ? span : joined(trial, span, i);
                longest = longer(longest, trial);
            }
        }
        return longest;
    }

    /** The same days, more days of the same trial, or the first of another. */
    private Span joined(Span trial, Span span, int row) {
        if (overlaps(row)) {
            return longer(trial, span);
        }
        return follows(row) ? trial.plus(span) : span;
    }

    /** True where an earlier row ended shortly before; as far as dates that leave a day open can tell. */
    private boolean follows(int row) {
        var start = Dates.first(row(row).start());
        for (int other : rows) {
            if (other == row) {
                return false;
            }
            var stop = Dates.last(row(other).stop());
            if (start != null && stop != null && !stop.plusDays(gapDays).isBefore(start)) {
                return true;
            }
        }
        return false;
    }

    private static Span longer(@Nullable Span one, Span other) {
        return one == null || other.least() > one.least() ? other : one;
    }

    /** True where an earlier row began in the same period, so that both are about the same days. */
    private boolean overlaps(int row) {
        for (int other : rows) {
            if (other == row) {
                return false;
            }
            var start = row(row).start();
            var stop = row(other).stop();
            if (start == null || stop == null || start.compareTo(stop) < 0) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Span days(int i) {
        var treatment = row(i);
        var at = "treatments[" + i + "]";
        var span = Spans.between(treatment.start(), treatment.stop());
        if (span == null && treatment.course() == Course.CURRENT) {
            span = Spans.until(treatment.start(), today);
        }
        if (span != null) {
            used.add(at + ".start");
            if (treatment.stop() != null) {
                used.add(at + ".stop");
            }
            return isPrescription(i) ? prescribed(span, treatment, at) : span;
        }
        for (var place : List.of("outcome", "dose", "stopReason", "medication")) {
            var text = text(treatment, place);
            var inText = text == null ? null : Spans.inText(text);
            if (inText != null) {
                used.add(at + "." + place);
                return inText;
            }
        }
        if (treatment.suppliedDays() != null) {
            used.add(at + ".suppliedDays");
            return new Span(treatment.suppliedDays(), treatment.suppliedDays());
        }
        return null;
    }

    /** Its dates say how long a prescription was good for, not how long the drug was taken. */
    private boolean isPrescription(int i) {
        var start = "treatments[" + i + "].start";
        return referral.lineage().stream()
                .anyMatch(line -> line.field().equals(start)
                        && (line.source().endsWith(".authoredOn")
                                || line.source().endsWith(".dispenseRequest.validityPeriod")));
    }

    /** As long as what was supplied; while it is active perhaps longer, and without a supply perhaps not at all. */
    private Span prescribed(Span valid, Treatment treatment, String at) {
        var supplied = treatment.suppliedDays();
        boolean current = treatment.course() == Course.CURRENT;
        if (supplied == null) {
            return current ? valid : new Span(0, valid.most());
        }
        used.add(at + ".suppliedDays");
        return new Span(Math.min(supplied, valid.least()), current ? Math.max(supplied, valid.most()) : supplied);
    }

    private static @Nullable String text(Treatment treatment, String place) {
        return switch (place) {
            case "outcome" -> treatment.outcome();
            case "dose" -> treatment.dose();
            case "stopReason" -> treatment.stopReason();
            default -> treatment.medication().text();
        };
    }
}
