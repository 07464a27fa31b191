package org.referralgateway.clinical;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.events.Conclusions.Indication;
import org.referralgateway.events.Conclusions.OpioidDose;
import org.referralgateway.events.Conclusions.Resistance;
import org.referralgateway.events.Conclusions.Trial;
import org.referralgateway.mapper.Referral;

/** What a referral is about and what has been tried: condition group, trials, resistance, and opioids taken now. */
final class EvidenceRules {

    private final ClinicalPolicy policy;
    private final IndicationRules indications;
    private final TrialRules trials;
    private final ResistanceRules resistance;
    private final OpioidRules opioids;

    EvidenceRules(ClinicalTables tables, ClinicalPolicy policy) {
        this.policy = policy;
        this.indications = new IndicationRules(tables, policy);
        this.trials = new TrialRules(tables, policy);
        this.resistance = new ResistanceRules(policy, tables.measurements());
        this.opioids = new OpioidRules(tables);
    }

    /** What the rules of this class conclude, each with its basis. */
    record Evidence(Indication indication, List<Trial> trials, Resistance resistance, OpioidDose opioidDose) {}

    /**
     * @param receivedAt until when time has passed, for a referral without a date of its own
     */
    Evidence of(Referral referral, Instant receivedAt) {
        var today = day(referral.authoredOn(), receivedAt);
        var indication = indications.indication(referral);
        var profile = policy.resistance().of(indication.group());
        var tried = trials.trials(referral, profile, today);
        return new Evidence(
                indication,
                tried,
                resistance.resistance(
                        referral,
                        profile,
                        tried,
                        reasons(referral, indication),
                        indications.isTrigeminal(referral),
                        today),
                opioids.dose(referral));
    }

    /** True where something besides the diagnosis speaks for a group, such as a chemotherapy. */
    boolean hasSupport(Referral referral, String group, @Nullable String subgroup) {
        return indications.hasSupport(referral, group, subgroup);
    }

    /** A day that was sent, if it is a whole one. */
    private static LocalDate day(@Nullable String authoredOn, Instant receivedAt) {
        var day = authoredOn != null && authoredOn.length() >= 10 ? Dates.first(authoredOn) : null;
        if (day != null) {
            return day;
        }
        return LocalDate.ofInstant(receivedAt, ZoneOffset.UTC);
    }

    /** The reasons on which the group rests; absent where none does. */
    private static @Nullable Set<Integer> reasons(Referral referral, Indication indication) {
        var reasons = new HashSet<Integer>();
        for (int i = 0; i < referral.reasons().size(); i++) {
            var at = "reasons[" + i + "]";
            if (indication.basis().used().stream().anyMatch(field -> field.startsWith(at))) {
                reasons.add(i);
            }
        }
        return reasons.isEmpty() ? null : reasons;
    }
}
