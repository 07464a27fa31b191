package org.referralgateway.api.validation;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready once both checks are made and warm. */
@Component("validation")
class ValidationHealth implements HealthIndicator {

    private final boolean enabled;

    ValidationHealth(ValidationSettings settings) {
        this.enabled = settings.enabled();
    }

    @Override
    public Health health() {
        return !enabled || Validators.ready() != null
                ? Health.up().build()
                : Health.outOfService().build();
    }
}
