package org.referralgateway.mapper;

import java.util.List;
import java.util.Optional;
import org.referralgateway.clinical.tables.Units;
import org.referralgateway.events.ReferralFacts;
import org.referralgateway.mapper.Referral.Measurement;
import org.referralgateway.mapper.Referral.Reason;

/** What of a referral may go on a topic: codes of systems we know, numbers, dates, and our own words; no sender's text. */
final class Facts {

    private static final int MAX_EACH = 100;

    private Facts() {}

    static ReferralFacts of(Referral referral) {
        return new ReferralFacts(
                referral.dialect(),
                referral.priority().code(),
                referral.priority().isAssumed(),
                referral.authoredOn(),
                referral.reasons().stream().limit(MAX_EACH).map(Facts::reason).toList(),
                referral.treatments().stream()
                        .limit(MAX_EACH)
                        .map(treatment -> new ReferralFacts.Treatment(
                                treatment.drug(), treatment.drugClass(), treatment.status()))
                        .toList(),
                referral.measurements().stream()
                        .map(Facts::measurement)
                        .flatMap(Optional::stream)
                        .limit(MAX_EACH)
                        .toList(),
                referral.completeness(),
                referral.documents().size(),
                issues(referral.issues()),
                referral.conclusions());
    }

    private static ReferralFacts.Reason reason(Reason reason) {
        var code = Concepts.publicCode(reason.concept());
        return new ReferralFacts.Reason(
                code == null ? null : code.system(),
                code == null ? null : code.code(),
                reason.conditionGroup(),
                reason.evidence());
    }

    private static Optional<ReferralFacts.Measurement> measurement(Measurement measurement) {
        var code = Concepts.publicCode(measurement.concept());
        if (code == null || code.system() == null || measurement.value() == null) {
            return Optional.empty();
        }
        return Optional.of(new ReferralFacts.Measurement(
                code.system(),
                code.code(),
                measurement.value(),
                Units.ucum(measurement.unit()),
                measurement.effective()));
    }

    private static List<ReferralFacts.Issue> issues(List<MappingIssue> issues) {
        return issues.stream()
                .limit(MAX_EACH)
                .map(issue ->
                        new ReferralFacts.Issue(issue.severity(), issue.code().wireName(), issue.expression()))
                .toList();
    }
}
