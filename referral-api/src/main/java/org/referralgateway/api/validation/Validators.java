package org.referralgateway.api.validation;

import java.nio.charset.StandardCharsets;
import java.util.List;
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
        guide.files().forEach((name, content) -> {
            if (name.startsWith("example/") && !name.contains("index")) {
                fast.check(content);
                reference.check(new String(content, StandardCharsets.UTF_8), List.of());
            }
        });
        ready = new Ready(fast, reference);
        LOG.info("Validation is ready after {} ms.", (System.nanoTime() - started) / 1_000_000);
    }
}
