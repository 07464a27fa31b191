package org.referralgateway.api.validation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.referralgateway.validation.FastCheck;
import org.referralgateway.validation.Guide;
import org.referralgateway.validation.ReferenceCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two checks, which never change: one pair for the whole process, each made in the background from the first time that
 * somebody asks.
 */
final class Validators {

    private static final Logger LOG = LoggerFactory.getLogger(Validators.class);
    private static volatile @Nullable FastCheck fast;
    private static @Nullable Thread making;
    private static @Nullable CompletableFuture<ReferenceCheck> reference;

    private Validators() {}

    /** The check of every payload; null while it is being made. */
    static @Nullable FastCheck fast() {
        return fast;
    }

    static synchronized Thread makeFast() {
        if (making == null) {
            making = Thread.ofPlatform().daemon().name("validation-warm-up").start(() -> {
                var started = System.nanoTime();
                var made = FastCheck.shipped();
                examples().forEach(made::check);
                fast = made;
                LOG.info("Validation is ready after {} ms.", millisSince(started));
            });
        }
        return Objects.requireNonNull(making);
    }

    /**
     * The check for those who ask and for a sample, once it has seen an example of each kind: until then it reads FHIR's
     * definitions, which takes seconds of a processor. Where that failed, the next who asks has it tried again.
     */
    static synchronized CompletableFuture<ReferenceCheck> reference() {
        if (reference == null || reference.isCompletedExceptionally()) {
            reference = CompletableFuture.supplyAsync(
                    Validators::warmReference,
                    warming -> Thread.ofPlatform()
                            .daemon()
                            .name("reference-warm-up")
                            .start(warming));
        }
        return reference;
    }

    private static ReferenceCheck warmReference() {
        try {
            var started = System.nanoTime();
            var made = new ReferenceCheck(Guide.shipped());
            examples().forEach(example -> made.check(new String(example, StandardCharsets.UTF_8), List.of()));
            LOG.info("The reference validator is warm after {} ms.", millisSince(started));
            return made;
        } catch (RuntimeException | Error e) {
            LOG.error("The reference validator could not be made; whoever asks for it is told that it is busy.", e);
            throw e;
        }
    }

    private static List<byte[]> examples() {
        return Guide.shipped().files().entrySet().stream()
                .filter(file -> file.getKey().startsWith("example/"))
                .filter(file -> !file.getKey().contains("index"))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static long millisSince(long started) {
        return (System.nanoTime() - started) / 1_000_000;
    }
}
