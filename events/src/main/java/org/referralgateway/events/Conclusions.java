package org.referralgateway.events;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the clinic's rules make of a referral, for a person to decide upon. Coded: our own words, numbers, and names of
 * fields; no word of the sender. Every conclusion says on which rule and facts it rests, and what was not there to know.
 *
 * @param rules version of the rules and tables that said so, for example {@code 2026-11-a-5f3c09d2}
 * @param trials one for each drug that was tried or is taken
 * @param screening one for each item of the clinic's screening table
 * @param redFlags what must not wait
 */
public record Conclusions(
        String rules,
        Indication indication,
        List<Trial> trials,
        Resistance resistance,
        List<ScreeningFinding> screening,
        List<RedFlag> redFlags,
        OpioidDose opioidDose,
        Triage triage) {

    public Conclusions {
        trials = List.copyOf(trials);
        screening = List.copyOf(screening);
        redFlags = List.copyOf(redFlags);
    }

    /**
     * Why.
     *
     * @param rule stable name of the rule
     * @param used fields of the referral that it rests on, for example {@code treatments[2].stop}; the referral's lineage says
     *     where in the payload they came from
     * @param missing what it would have needed and did not find, for example {@code treatments[2].dose}
     */
    public record Basis(String rule, List<String> used, List<String> missing) {
        public Basis {
            used = List.copyOf(used);
            missing = List.copyOf(missing);
        }
    }

    /**
     * Whether this is one of the clinic's conditions.
     *
     * @param group for example {@code phantom-limb-pain}; absent where nothing says which
     * @param subgroup for example {@code cranial-neuralgia}
     * @param certainty how far the group can be relied upon
     * @param otherGroups that reasons or problems name besides
     */
    public record Indication(
            @Nullable String group,
            @Nullable String subgroup,
            Certainty certainty,
            List<String> otherGroups,
            Basis basis) {
        public Indication {
            otherGroups = List.copyOf(otherGroups);
        }
    }

    /** How far a condition group can be relied upon. */
    public enum Certainty {
        /** A diagnostic code says so. */
        CODED,
        /** Words say so, or supporting codes only; somebody has to confirm. */
        TO_CONFIRM,
        /** Nothing names a group of the clinic. */
        NONE;

        @JsonValue
        public String code() {
            return word(this);
        }
    }

    /**
     * One drug that was tried.
     *
     * @param field of the referral, for example {@code treatments[2]}
     * @param lineClass {@code antidepressant}, {@code anti-epileptic}, {@code opioid} or {@code none}
     * @param days how long it was taken; absent where that is unknown
     * @param adequate whether dose and length were enough; absent where that is unknown
     * @param counts whether it counts as a failed trial
     */
    public record Trial(
            String field,
            @Nullable String drug,
            @Nullable String drugClass,
            @Nullable String lineClass,
            @Nullable Integer days,
            @Nullable Boolean adequate,
            TrialOutcome outcome,
            boolean counts,
            Basis basis) {}

    /** What came of a trial. Source: the clinic's reference notes, section 3. */
    public enum TrialOutcome {
        INADEQUATE_RELIEF,
        NOT_TOLERATED,
        CONTRAINDICATED,
        ONGOING,
        HELPED,
        INSUFFICIENT_INFORMATION;

        @JsonValue
        public String code() {
            return word(this);
        }
    }

    /**
     * Whether enough has been tried.
     *
     * @param profile by which it was judged, for example {@code clinic-default}
     */
    public record Resistance(String profile, Answer result, List<Criterion> criteria) {
        public Resistance {
            criteria = List.copyOf(criteria);
        }
    }

    /** One requirement of a profile, such as {@code antidepressant-failed}. */
    public record Criterion(String name, Answer result, Basis basis) {}

    /** Whether a requirement is met. Never {@code MET} on what is not known. */
    public enum Answer {
        MET,
        NOT_MET,
        UNCLEAR;

        @JsonValue
        public String code() {
            return word(this);
        }
    }

    /**
     * What is known about one item of the screening table.
     *
     * @param item for example {@code pregnancy}
     * @param value the number that it rests on, if it is one
     * @param unit UCUM code
     */
    public record ScreeningFinding(
            String item,
            ScreeningLevel level,
            @Nullable BigDecimal value,
            @Nullable String unit,
            Basis basis) {}

    /** What a finding asks for. Source: the clinic's reference notes, section 5. */
    public enum ScreeningLevel {
        /** No infusion before a clinician has decided. */
        HOLD,
        /** A clinician looks before booking. */
        REVIEW,
        /** To know. */
        INFORMATION,
        /** Something was sent that says there is nothing: a value within limits, a negative answer. */
        WITHIN_LIMITS,
        /** Nothing was sent about it. Never to be read as nothing found. */
        NOT_ASSESSED;

        @JsonValue
        public String code() {
            return word(this);
        }
    }

    /** Something that must not wait, such as {@code suicidality} or {@code cauda-equina}. */
    public record RedFlag(String flag, Basis basis) {}

    /**
     * Opioids taken now, as morphine milligram equivalents a day.
     *
     * @param mmePerDay the sum of those lines that could be computed; absent where none could, zero where none is taken
     * @param complete false where an opioid is taken whose dose could not be computed
     */
    public record OpioidDose(@Nullable BigDecimal mmePerDay, boolean complete, List<OpioidLine> lines, Basis basis) {
        public OpioidDose {
            lines = List.copyOf(lines);
        }
    }

    /**
     * The arithmetic of one opioid: dose a day times factor.
     *
     * @param field of the referral, for example {@code treatments[2]}
     * @param dosePerDay in {@code unit}; absent where it is unknown
     * @param unit {@code mg}, or {@code ug/h} for patches
     * @param factor of the clinic's table; absent where it has none
     */
    public record OpioidLine(
            String field,
            String drug,
            @Nullable BigDecimal dosePerDay,
            String unit,
            @Nullable BigDecimal factor,
            @Nullable BigDecimal mme) {}

    /**
     * How soon.
     *
     * @param level of the first rule that matched
     * @param fired every rule that matched, the deciding one first
     */
    public record Triage(TriageLevel level, List<Fired> fired) {
        public Triage {
            fired = List.copyOf(fired);
        }
    }

    /** A triage rule that matched, with the level it stands for. */
    public record Fired(TriageLevel level, Basis basis) {}

    /** How soon, from soonest. Source: the clinic's reference notes, section 6. */
    public enum TriageLevel {
        EMERGENCY_REDIRECT,
        URGENT,
        SOON,
        ROUTINE,
        DEFERRED,
        REDIRECT;

        @JsonValue
        public String code() {
            return word(this);
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
