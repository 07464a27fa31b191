package org.referralgateway.api.validation;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready once the check that referrals wait for is warm. */
@Component("validation")
public class ValidationHealth implements HealthIndicator {

    private final boolean enabled;

    ValidationHealth(ValidationSettings settings) {
        this.enabled = settings.enabled();
    }

    public boolean isWarm() {
        return !enabled || Validators.fast() != null;
    }

    @Override
    public Health health() {
        return isWarm() ? Health.up().build() : Health.outOfService().build();
    }
}
