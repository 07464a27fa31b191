package org.referralgateway.api.intake;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.vault.Fingerprints;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.events.Conclusions.ScreeningLevel;
import org.referralgateway.mapper.Referral;

/** What of a referral stands in columns of its own, for lists. */
final class ReferralColumns {

    private ReferralColumns() {}

    /** The group that the clinic's rules say; before they have seen it, that of the first reason that has one. */
    static @Nullable String conditionGroup(Referral referral) {
        var conclusions = referral.conclusions();
        if (conclusions != null) {
            return conclusions.indication().group();
        }
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

    /** The level that the clinic's rules propose; absent where they have not seen it. */
    static @Nullable String triageLevel(Referral referral) {
        var conclusions = referral.conclusions();
        return conclusions == null ? null : conclusions.triage().level().code();
    }

    /** What to heed, separated by commas: {@code red-flag:} and {@code hold:} with their names, each once. */
    static String alerts(Referral referral) {
        var conclusions = referral.conclusions();
        if (conclusions == null) {
            return "";
        }
        var redFlags = conclusions.redFlags().stream().map(flag -> "red-flag:" + flag.flag());
        var holds = conclusions.screening().stream()
                .filter(finding -> finding.level() == ScreeningLevel.HOLD)
                .map(finding -> "hold:" + finding.item());
        return Stream.concat(redFlags, holds).distinct().collect(Collectors.joining(","));
    }

    /** Fingerprints, separated by line breaks. The same whoever sent it: the clinic looks for the person among all. */
    static String person(Referral referral, Vault vault) {
        return PersonKeys.of(referral.patient()).stream()
                .map(key -> Fingerprints.person(vault, key.replace('\0', ' ')))
                .collect(Collectors.joining("\n"));
    }

    /** The required items that are not there, separated by commas. */
    static String missing(Referral referral) {
        return referral.completeness().stream()
                .filter(item -> item.mustBeAskedFor())
                .map(item -> item.item())
                .collect(Collectors.joining(","));
    }
}
