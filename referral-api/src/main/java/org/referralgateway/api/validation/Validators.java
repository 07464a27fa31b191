package org.referralgateway.api.validation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.referralgateway.validation.FastCheck;
import org.referralgateway.validation.Guide;
import org.referralgateway.validation.ReferenceCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two checks, which take seconds to make and never change: one pair for the whole process, made in the background from
 * the first time that somebody asks.
 */
final class Validators {

    /**
     * @param fast for every payload
     * @param reference for those who ask and for a sample
     */
    record Ready(FastCheck fast, ReferenceCheck reference) {}

    private static final Logger LOG = LoggerFactory.getLogger(Validators.class);
    private static volatile @Nullable Ready ready;
    private static @Nullable Thread making;

    private Validators() {}

    /** Null while they are being made. */
    static @Nullable Ready ready() {
        return ready;
    }

    static synchronized Thread make() {
        if (making == null) {
            making = Thread.ofPlatform().daemon().name("validation-warm-up").start(Validators::warm);
        }
        return Objects.requireNonNull(making);
    }

    private static void warm() {
        var started = System.nanoTime();
        var guide = Guide.shipped();
        var reference = new ReferenceCheck(guide);
        var fast = new FastCheck(reference);
        examples(guide).forEach(fast::check);
        ready = new Ready(fast, reference);
        LOG.info("Validation is ready after {} ms.", millisSince(started));
    }

    /**
     * Lets the reference validator see an example of each kind, so that whoever asks for it first need not wait for what it reads
     * when it is first used. No referral waits for it, so neither does a start: see {@link ReferenceWarmUp}.
     */
    static void warmReference() throws InterruptedException {
        make().join();
        var checks = ready;
        if (checks == null) {
            return; // What kept it from being made was said when it happened, and readiness tells.
        }
        var started = System.nanoTime();
        examples(Guide.shipped())
                .forEach(example -> checks.reference().check(new String(example, StandardCharsets.UTF_8), List.of()));
        LOG.info("The reference validator is warm after {} ms.", millisSince(started));
    }

    private static List<byte[]> examples(Guide guide) {
        return guide.files().entrySet().stream()
                .filter(file -> file.getKey().startsWith("example/"))
                .filter(file -> !file.getKey().contains("index"))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static long millisSince(long started) {
        return (System.nanoTime() - started) / 1_000_000;
    }
}
