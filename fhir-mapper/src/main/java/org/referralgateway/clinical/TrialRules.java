package org.referralgateway.clinical;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.referralgateway.clinical.ClinicalPolicy.Profile;
import org.referralgateway.clinical.ClinicalPolicy.ResistancePolicy;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.events.Conclusions.Basis;
import org.referralgateway.events.Conclusions.Trial;
import org.referralgateway.events.Conclusions.TrialOutcome;
import org.referralgateway.mapper.Referral;
import org.referralgateway.mapper.Referral.Course;

/**
 * Which drugs were tried: all rows of one drug are one trial, an allergy to a drug that was never given is one, and so is a drug
 * that only a note names. Source: the clinic's reference notes, section 3.
 */
final class TrialRules {

    static final String RULE = "drug-trial";
    private static final Set<String> LINES = Set.of("antidepressant", "anti-epileptic", "opioid");

    private final ClinicalTables tables;
    private final Intolerances intolerances;
    private final ResistancePolicy policy;

    TrialRules(ClinicalTables tables, ClinicalPolicy policy) {
        this.tables = tables;
        this.intolerances = new Intolerances(tables);
        this.policy = policy.resistance();
    }

    /**
     * @param profile whose length and relief a trial is measured by
     * @param today until when a drug that is still taken has been taken
     */
    List<Trial> trials(Referral referral, Profile profile, LocalDate today) {
        var byDrug = new LinkedHashMap<String, List<Integer>>();
        for (int i = 0; i < referral.treatments().size(); i++) {
            var treatment = referral.treatments().get(i);
            if (treatment.drug() != null && treatment.course() != Course.PLANNED) {
                byDrug.computeIfAbsent(treatment.drug(), drug -> new ArrayList<>(2))
                        .add(i);
            }
        }
        var trials = new ArrayList<Trial>();
        byDrug.forEach((name, rows) -> {
            var drug = tables.medications().named(name).orElse(null);
            var trial =
                    drug == null ? null : new DrugTrial(referral, drug, rows, profile, today, tables, policy).trial();
            if (trial != null) {
                trials.add(trial);
            }
        });
        notGiven(referral, byDrug, trials);
        mentioned(referral, byDrug, trials);
        return trials;
    }

    /** Drugs of which only an allergy or intolerance is known. */
    private void notGiven(Referral referral, Map<String, List<Integer>> byDrug, List<Trial> trials) {
        for (int i = 0; i < referral.allergies().size(); i++) {
            var drug = intolerances.drugOf(referral.allergies().get(i));
            if (drug != null
                    && LINES.contains(drug.lineClass())
                    && byDrug.putIfAbsent(drug.name(), List.of()) == null) {
                var field = "allergies[" + i + "]";
                var allergy = referral.allergies().get(i);
                var outcome = Intolerances.outcome(allergy);
                trials.add(new Trial(
                        field,
                        drug.name(),
                        drug.drugClass(),
                        drug.lineClass(),
                        null,
                        null,
                        outcome,
                        outcome != TrialOutcome.INSUFFICIENT_INFORMATION && !policy.isRecordedOnly(drug),
                        new Basis(RULE, List.of(field + ".concept"), List.of())));
            }
        }
    }

    /** Drugs that only a note names: it takes a person to read what became of them, so nothing is concluded. */
    private void mentioned(Referral referral, Map<String, List<Integer>> byDrug, List<Trial> trials) {
        for (int i = 0; i < referral.notes().size(); i++) {
            for (var drug : tables.medications().allIn(referral.notes().get(i))) {
                if (LINES.contains(drug.lineClass()) && byDrug.putIfAbsent(drug.name(), List.of()) == null) {
                    var field = "notes[" + i + "]";
                    trials.add(new Trial(
                            field,
                            drug.name(),
                            drug.drugClass(),
                            drug.lineClass(),
                            null,
                            null,
                            TrialOutcome.INSUFFICIENT_INFORMATION,
                            false,
                            new Basis(RULE, List.of(field), List.of("treatments"))));
                }
            }
        }
    }
}
