package org.referralgateway.api.validation;

import java.util.Set;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.platform.PayloadReview;
import org.referralgateway.mapper.CheckedPayload;
import org.referralgateway.validation.Verdict;
import org.springframework.stereotype.Component;

/** The fast check on every payload that can be read at all. */
@Component
class Review implements PayloadReview {

    private final boolean enabled;
    private final Set<String> strictSenders;
    private final Identity identity;
    private final Comparison comparison;

    Review(ValidationSettings settings, Identity identity, Comparison comparison) {
        this.enabled = settings.enabled();
        this.strictSenders = Set.copyOf(settings.strictSenders());
        this.identity = identity;
        this.comparison = comparison;
        if (enabled) {
            Validators.makeFast();
        }
    }

    @Override
    public CheckedPayload review(byte[] json, CheckedPayload checked) {
        if (!enabled || !checked.isAcceptable()) {
            return checked;
        }
        var fast = Validators.fast();
        if (fast == null) {
            return Verdict.notReady(checked);
        }
        var verdict = fast.check(json);
        comparison.maybe(json, verdict.isAccepted() && checked.problems().isEmpty());
        return Verdict.of(checked, verdict, identity.isStrict() || strictSenders.contains(identity.sender()));
    }
}
