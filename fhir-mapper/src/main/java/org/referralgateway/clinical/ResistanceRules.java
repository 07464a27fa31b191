package org.referralgateway.clinical;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.ClinicalPolicy.Profile;
import org.referralgateway.clinical.ClinicalPolicy.Requirement;
import org.referralgateway.clinical.Spans.Span;
import org.referralgateway.clinical.tables.Measure;
import org.referralgateway.clinical.tables.MeasurementTable;
import org.referralgateway.events.Conclusions.Answer;
import org.referralgateway.events.Conclusions.Basis;
import org.referralgateway.events.Conclusions.Criterion;
import org.referralgateway.events.Conclusions.Resistance;
import org.referralgateway.events.Conclusions.Trial;
import org.referralgateway.events.Conclusions.TrialOutcome;
import org.referralgateway.mapper.Referral;
import org.referralgateway.mapper.Referral.Measurement;

/**
 * Whether enough has been tried, by the profile that the clinic chose for the condition group. One criterion that is certainly
 * not met makes the result {@code not-met}; else one that cannot be told makes it {@code unclear}. Source: the clinic's
 * reference notes, section 3, and what is named beside each profile in {@code policy.yaml}.
 */
final class ResistanceRules {

    /** What a trial was for: used where it was for something else, missing where that is open. */
    private static final String INDICATION = ".indication";

    private final int daysInMonth;

    private final MeasurementTable table;

    ResistanceRules(ClinicalPolicy policy, MeasurementTable table) {
        this.daysInMonth = policy.resistance().daysInMonth();
        this.table = table;
    }

    Resistance resistance(
            Referral referral,
            Profile profile,
            List<Trial> trials,
            @Nullable Set<Integer> reasonsOfGroup,
            boolean trigeminal,
            LocalDate today) {
        var criteria = new ArrayList<Criterion>();
        if (profile.painMonths() != null) {
            criteria.add(duration(referral, profile.painMonths(), reasonsOfGroup, today));
        }
        if (profile.headacheDaysFrom() != null) {
            criteria.add(headacheDays(referral, profile.headacheDaysFrom()));
        }
        if (profile.interferenceFrom() != null) {
            criteria.add(interference(referral, profile));
        }
        for (var requirement : profile.require()) {
            criteria.add(failed(referral, requirement, trials, trigeminal));
        }
        var result = result(criteria);
        for (var requirement : profile.record()) {
            criteria.add(failed(referral, requirement, trials, trigeminal));
        }
        return new Resistance(profile.name(), result, criteria);
    }

    private static Answer result(List<Criterion> criteria) {
        var result = Answer.MET;
        for (var criterion : criteria) {
            if (criterion.result() == Answer.NOT_MET) {
                return Answer.NOT_MET;
            }
            result = criterion.result() == Answer.UNCLEAR ? Answer.UNCLEAR : result;
        }
        return result;
    }

    /** Of the reasons that name the group, else of any reason: the longest. */
    private Criterion duration(Referral referral, int months, @Nullable Set<Integer> reasonsOfGroup, LocalDate today) {
        Span longest = null;
        String field = null;
        for (int pass = 0; pass < 2 && longest == null; pass++) {
            for (int i = 0; i < referral.reasons().size(); i++) {
                boolean ofGroup = reasonsOfGroup == null || reasonsOfGroup.contains(i);
                var span = pass == 0 && !ofGroup
                        ? null
                        : Spans.since(
                                referral.reasons().get(i).onset(),
                                referral.patient().birthDate(),
                                today);
                if (span != null && (longest == null || span.least() > longest.least())) {
                    longest = span;
                    field = "reasons[" + i + "].onset";
                }
            }
        }
        var name = "pain-months";
        if (longest == null || field == null) {
            return new Criterion(name, Answer.UNCLEAR, new Basis(name, List.of(), List.of("reasons[0].onset")));
        }
        int asked = months == 12 ? 365 : months * daysInMonth;
        var answer = longest.least() >= asked ? Answer.MET : longest.most() < asked ? Answer.NOT_MET : Answer.UNCLEAR;
        return new Criterion(
                name, answer, new Basis(name, List.of(field), answer == Answer.UNCLEAR ? List.of(field) : List.of()));
    }

    /** Sent under local codes, so it is known by its name. */
    private Criterion headacheDays(Referral referral, int asked) {
        var name = "headache-days";
        for (int i = 0; i < referral.measurements().size(); i++) {
            var measurement = referral.measurements().get(i);
            var label = measurement.concept().label();
            if (measurement.value() != null && table.isNamedIn(label, Measure.HEADACHE_DAYS)) {
                boolean met = measurement.value().intValue() >= asked;
                return new Criterion(
                        name,
                        met ? Answer.MET : Answer.NOT_MET,
                        new Basis(name, List.of("measurements[" + i + "].value"), List.of()));
            }
        }
        return new Criterion(name, Answer.UNCLEAR, new Basis(name, List.of(), List.of("headache-days")));
    }

    /** Quality of life affected: PEG or BPI interference. */
    private Criterion interference(Referral referral, Profile profile) {
        var name = "interference";
        for (int i = 0; i < referral.measurements().size(); i++) {
            Measurement measurement = referral.measurements().get(i);
            boolean asked = measurement.concept().codes().stream()
                    .map(code -> table.ofCode(code.system(), code.code()))
                    .anyMatch(measure -> measure == Measure.PEG || measure == Measure.INTERFERENCE);
            if (asked && measurement.value() != null && profile.interferenceFrom() != null) {
                boolean met = measurement.value().compareTo(profile.interferenceFrom()) >= 0;
                return new Criterion(
                        name,
                        met ? Answer.MET : Answer.NOT_MET,
                        new Basis(name, List.of("measurements[" + i + "].value"), List.of()));
            }
        }
        return new Criterion(name, Answer.UNCLEAR, new Basis(name, List.of(), List.of("interference")));
    }

    /** So many classes or drugs have failed. One that may have makes the answer open; one that was never tried does not. */
    private static Criterion failed(
            Referral referral, Requirement requirement, List<Trial> trials, boolean trigeminal) {
        var certain = new HashSet<String>();
        var possible = new HashSet<String>();
        var used = new ArrayList<String>();
        var missing = new ArrayList<String>();
        for (var trial : trials) {
            var key = key(requirement, trial, trigeminal);
            if (key == null) {
                continue;
            }
            used.add(trial.field());
            if (counts(trial)) {
                certain.add(key);
            } else if ((trial.outcome() == TrialOutcome.INSUFFICIENT_INFORMATION && !wasForOther(trial))
                    || isOpen(trial)) {
                possible.add(key);
                missing.addAll(trial.basis().missing());
            }
        }
        possible.addAll(certain);
        boolean nothingSent = referral.treatments().isEmpty() && trials.isEmpty();
        var answer = certain.size() >= requirement.atLeast()
                ? Answer.MET
                : possible.size() >= requirement.atLeast() || nothingSent ? Answer.UNCLEAR : Answer.NOT_MET;
        if (nothingSent) {
            missing.add("treatments");
        }
        return new Criterion(
                requirement.name(),
                answer,
                new Basis(requirement.name(), used, answer == Answer.MET ? List.of() : List.copyOf(missing)));
    }

    private static boolean counts(Trial trial) {
        return trial.counts();
    }

    /** It was for sleep, mood or the like, so that nothing that is still to be learnt makes it a trial. */
    private static boolean wasForOther(Trial trial) {
        return trial.basis().used().stream().anyMatch(what -> what.endsWith(INDICATION))
                && trial.basis().missing().stream().noneMatch(what -> what.endsWith(INDICATION));
    }

    /** It failed, and only what it was given for is open. */
    private static boolean isOpen(Trial trial) {
        return !trial.counts()
                && trial.basis().missing().stream().anyMatch(what -> what.endsWith(INDICATION))
                && trial.outcome() != TrialOutcome.ONGOING
                && trial.outcome() != TrialOutcome.HELPED
                && !Boolean.FALSE.equals(trial.adequate());
    }

    /** What it counts as; absent where its drug does not count. */
    private static @Nullable String key(Requirement requirement, Trial trial, boolean trigeminal) {
        var drug = trial.drug() == null ? "" : trial.drug();
        var drugClass = trial.drugClass() == null ? "" : trial.drugClass();
        var members = requirement.members();
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).contains(drug) || members.get(i).contains(drugClass)) {
                return requirement.countsDrugs() ? drug : "class " + i;
            }
        }
        boolean there = trigeminal
                && (requirement.inTrigeminalNeuralgia().contains(drug)
                        || requirement.inTrigeminalNeuralgia().contains(drugClass));
        return there ? requirement.countsDrugs() ? drug : "in trigeminal neuralgia" : null;
    }
}
