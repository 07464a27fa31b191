package org.referralgateway.api.validation;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Warms the reference validator in the background, once the service answers: it takes a few seconds of one processor. */
@Component
class ReferenceWarmUp {

    private final boolean enabled;

    ReferenceWarmUp(ValidationSettings settings) {
        this.enabled = settings.enabled();
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (enabled) {
            Thread.ofPlatform().daemon().name("reference-warm-up").start(ReferenceWarmUp::warm);
        }
    }

    private static void warm() {
        try {
            Validators.warmReference();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
