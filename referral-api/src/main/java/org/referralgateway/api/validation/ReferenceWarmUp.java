package org.referralgateway.api.validation;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Makes the reference validator in the background once the service answers. It takes seconds of a processor, and no referral
 * waits for it, so neither does a start.
 */
@Component
class ReferenceWarmUp {

    private final boolean enabled;

    ReferenceWarmUp(ValidationSettings settings) {
        this.enabled = settings.enabled();
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (enabled) {
            Validators.reference();
        }
    }
}
