package org.referralgateway.api.validation;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.referralgateway.validation.Objection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Lets the reference validator look at a sample of what arrives, behind the answer, and counts where it disagrees. */
@Component
class Comparison implements AutoCloseable {

    /** Of the counter that tells how the two agreed. */
    static final String COUNTER = "referral.validation.comparison";

    private static final Logger LOG = LoggerFactory.getLogger(Comparison.class);

    private final Sampling sampling;
    private final ReferencePool pool;
    private final MeterRegistry meters;
    private final ThreadPoolExecutor behind;

    Comparison(ValidationSettings settings, ReferencePool pool, MeterRegistry meters) {
        this.sampling =
                new Sampling(settings.enabled() ? settings.sample() : 0, settings.sampleEvery(), System::nanoTime);
        this.pool = pool;
        this.meters = meters;
        this.behind = new ThreadPoolExecutor(
                0,
                1,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.queue()),
                Thread.ofPlatform().daemon().name("validation-comparison").factory(),
                (task, executor) -> count("left-out"));
    }

    /**
     * @param accepted by the strict reading and the fast check together
     */
    void maybe(byte[] json, boolean accepted) {
        if (sampling.takes()) {
            behind.execute(() -> compare(json, accepted));
        }
    }

    private void compare(byte[] json, boolean accepted) {
        switch (pool.check(json, List.of())) {
            case ReferencePool.Outcome.Done(var objections) -> {
                var rules = objections.stream()
                        .filter(Objection::isError)
                        .map(Objection::rule)
                        .distinct()
                        .sorted()
                        .toList();
                compared(accepted, rules);
            }
            case ReferencePool.Outcome.Busy busy -> count("left-out");
            case ReferencePool.Outcome.TooCostly tooCostly -> count("too-costly");
        }
    }

    private void compared(boolean accepted, List<String> rules) {
        if (accepted && !rules.isEmpty()) {
            count("missed");
            LOG.warn("The reference validator objects to a payload that the fast check accepted. Its rules: {}", rules);
        } else if (!accepted && rules.isEmpty()) {
            count("stricter");
        } else {
            count("agreed");
        }
    }

    private void count(String kind) {
        meters.counter(COUNTER, "kind", kind).increment();
    }

    @Override
    public void close() {
        behind.shutdownNow();
    }
}
