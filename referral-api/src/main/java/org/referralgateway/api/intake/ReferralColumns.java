package org.referralgateway.api.intake;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral;

/** What of a referral stands in columns of its own, for lists. */
final class ReferralColumns {

    private ReferralColumns() {}

    /** The group of the first reason that has one, a diagnostic one before others. */
    static @Nullable String conditionGroup(Referral referral) {
        var reasons = referral.reasons();
        return reasons.stream()
                .filter(reason -> "diagnostic".equals(reason.evidence()))
                .findFirst()
                .or(() -> reasons.stream()
                        .filter(reason -> reason.conditionGroup() != null)
                        .findFirst())
                .map(reason -> reason.conditionGroup())
                .orElse(null);
    }

    /** The required items that are not there, separated by commas. */
    static String missing(Referral referral) {
        return referral.completeness().stream()
                .filter(item -> item.mustBeAskedFor())
                .map(item -> item.item())
                .collect(Collectors.joining(","));
    }
}
