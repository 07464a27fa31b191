package org.referralgateway.clinical;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.events.Conclusions;
import org.referralgateway.events.ReferralFacts.CompletenessItem;
import org.referralgateway.mapper.IssueCode;
import org.referralgateway.mapper.Mapped;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.Referral;

/**
 * All rules together: what a mapped referral means to the clinic, each answer with its reasons. The same referral, tables,
 * policy and time always give the same answers. Safe to share between threads.
 */
public final class ClinicalRules {

    private final ClinicalTables tables;
    private final ClinicalPolicy policy;
    private final EvidenceRules evidence;

    public ClinicalRules(ClinicalTables tables, ClinicalPolicy policy) {
        this.tables = tables;
        this.policy = policy;
        this.evidence = new EvidenceRules(tables, policy);
    }

    /** With the tables and the policy that come with the gateway. */
    public static ClinicalRules shipped() {
        return load(null);
    }

    /**
     * @param folder with the clinic's own files; a file that is not there is taken from those that come with the gateway
     * @throws IllegalArgumentException naming file, line and column of everything that is wrong, one line for each
     */
    public static ClinicalRules load(@Nullable Path folder) {
        var tables = ClinicalTables.load(folder);
        return new ClinicalRules(tables, ClinicalPolicy.load(folder, tables));
    }

    /** The policy by which they judge. */
    public ClinicalPolicy policy() {
        return policy;
    }

    /**
     * Puts completeness, what the sender may be asked for, and the conclusions into a referral and its facts.
     *
     * @param mapped as the mapper made it
     * @param receivedAt when the gateway got it; ages and staleness count from here
     */
    public Mapped.Complete conclude(Mapped.Complete mapped, Instant receivedAt) {
        var referral = mapped.referral();
        var chart = new Chart(referral, receivedAt, tables, policy);
        var found = evidence.of(referral, receivedAt);
        var indication = found.indication();
        var resistance = found.resistance();
        var opioids = found.opioidDose();
        var screening = ScreeningRules.findings(chart, tables, policy);
        var redFlags = RedFlagRules.flags(chart, screening, tables, policy);
        var completeness = CompletenessRules.items(
                chart, policy, new CompletenessRules.Found(screening, indication, opioids, evidence, tables));
        var triage = TriageRules.triage(
                chart,
                policy,
                new TriageRules.Judged(indication, resistance, screening, redFlags, opioids, completeness));
        var conclusions = new Conclusions(
                policy.stamp(), indication, found.trials(), resistance, screening, redFlags, opioids, triage);
        return mapped.with(completeness, issues(completeness, pathOf(referral)), conclusions);
    }

    /** What the sender may be asked for. */
    private static List<MappingIssue> issues(List<CompletenessItem> completeness, String path) {
        var issues = new ArrayList<MappingIssue>();
        for (var item : completeness) {
            if (item.mustBeAskedFor()) {
                boolean missing = item.state().equals(CompletenessRules.MISSING);
                issues.add(MappingIssue.information(
                        missing ? IssueCode.MISSING_FROM_MINIMUM_DATA : IssueCode.STALE_IN_MINIMUM_DATA,
                        path,
                        "The clinic's minimum data set asks for " + item.item()
                                + (missing ? ", which was not found." : "; what was sent is undated or too old.")
                                + " The referral is taken; the clinic may ask for it."));
            }
        }
        return issues;
    }

    /** FHIRPath of the request, which the lineage of its status begins with. */
    private static String pathOf(Referral referral) {
        for (var line : referral.lineage()) {
            if (line.field().equals("status") && line.source().endsWith(".status")) {
                return line.source().substring(0, line.source().length() - ".status".length());
            }
        }
        return "ServiceRequest";
    }
}
