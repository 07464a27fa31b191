package org.referralgateway.clinical;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.ClinicFile;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.clinical.tables.MedicationTable.Drug;
import org.referralgateway.events.Conclusions.TriageLevel;

/**
 * What the clinic asks for and how it judges: {@code policy.yaml}. Source of the defaults: the clinic's reference notes,
 * sections 2, 3, 5, 6 and 7.
 *
 * @param stamp version of policy and tables, to be put on every result
 * @param limits numbers of the section {@code screening}, by name
 * @param completeness items of the minimum data set, in their order
 * @param triage rules in the order in which they are asked
 * @param region beginnings of postal codes; empty where every place is in the region
 * @param journey numbers of days, by name
 */
public record ClinicalPolicy(
        String version,
        String stamp,
        IndicationPolicy indication,
        ResistancePolicy resistance,
        Map<String, BigDecimal> limits,
        List<Item> completeness,
        List<TriageRule> triage,
        List<String> region,
        Map<String, Integer> journey) {

    static final String FILE = "policy.yaml";

    public ClinicalPolicy {
        limits = Map.copyOf(limits);
        completeness = List.copyOf(completeness);
        triage = List.copyOf(triage);
        region = List.copyOf(region);
        journey = Map.copyOf(journey);
    }

    /** The policy that comes with the gateway. */
    public static ClinicalPolicy shipped() {
        return load(null, ClinicalTables.shipped());
    }

    /**
     * @param folder with the clinic's own {@code policy.yaml}; the one that comes with the gateway where there is none
     * @param tables whose drugs, classes and groups it may name
     * @throws IllegalArgumentException naming file, line and column of everything that is wrong, one line for each
     */
    public static ClinicalPolicy load(@Nullable Path folder, ClinicalTables tables) {
        return PolicyFile.read(ClinicFile.text(folder, FILE), tables);
    }

    /** A number of the section {@code journey}; the reader has made sure that it is there. */
    int days(String name) {
        var days = journey.get(name);
        if (days == null) {
            throw new IllegalArgumentException("There is no number " + name + " in " + FILE + ".");
        }
        return days;
    }

    /** A number of the section {@code screening}; the reader has made sure that it is there. */
    BigDecimal limit(String name) {
        var limit = limits.get(name);
        if (limit == null) {
            throw new IllegalArgumentException("There is no limit " + name + " in " + FILE + ".");
        }
        return limit;
    }

    /**
     * @param paired groups whose diagnoses need support of their own group, and the group they belong to without
     * @param raisedByCord codes that become spinal cord injury pain together with a spinal cord row
     * @param trigeminal codes of trigeminal neuralgia
     */
    record IndicationPolicy(Map<String, String> paired, Set<SystemCode> raisedByCord, Set<SystemCode> trigeminal) {}

    /**
     * @param system URL of the code system
     */
    record SystemCode(String system, String code) {}

    /**
     * @param byDefault the profile of groups that name none
     * @param daysInMonth by which months of pain are counted
     * @param gapDays between two periods of a drug that are one trial, at most
     * @param recordedOnly drugs and classes that are shown and never count
     */
    record ResistancePolicy(
            Profile byDefault,
            Map<String, Profile> ofGroup,
            boolean lengthDecidesWithoutTarget,
            int daysInMonth,
            int gapDays,
            Set<String> recordedOnly,
            List<Profile> all) {
        Profile of(@Nullable String group) {
            return group == null ? byDefault : ofGroup.getOrDefault(group, byDefault);
        }

        boolean isRecordedOnly(Drug drug) {
            return recordedOnly.contains(drug.name()) || recordedOnly.contains(drug.drugClass());
        }
    }

    /**
     * When enough has been tried.
     *
     * @param painMonths how long the pain must have lasted; absent where that does not matter
     * @param trialWeeks how long a drug must have been taken
     * @param reliefBelow percent of relief from which a trial has helped
     * @param painFrom pain of ten from which a trial has failed; absent where only relief counts
     * @param interferenceFrom interference of ten that must be reached; absent where it is not asked for
     * @param headacheDaysFrom headache days a month; absent where they are not asked for
     * @param require all of them must be met
     * @param record shown, never required
     */
    record Profile(
            String name,
            @Nullable Integer painMonths,
            int trialWeeks,
            BigDecimal reliefBelow,
            @Nullable BigDecimal painFrom,
            @Nullable BigDecimal interferenceFrom,
            @Nullable Integer headacheDaysFrom,
            List<Requirement> require,
            List<Requirement> record) {}

    /**
     * So many different classes or drugs must have failed.
     *
     * @param members each a class; several names in one member count as one class
     * @param inTrigeminalNeuralgia drugs or classes that count there as well
     */
    record Requirement(
            String name,
            int atLeast,
            boolean countsDrugs,
            List<Set<String>> members,
            Set<String> inTrigeminalNeuralgia) {}

    /**
     * @param level {@code required}, {@code conditional} or {@code preferred}
     * @param staleDays age from which it counts as stale; absent where it does not age
     */
    public record Item(String name, String level, @Nullable Integer staleDays) {}

    /**
     * @param when name of the condition
     * @param number that the condition compares with; absent where it compares with none
     */
    public record TriageRule(
            String name,
            TriageLevel level,
            String when,
            @Nullable BigDecimal number) {}
}
