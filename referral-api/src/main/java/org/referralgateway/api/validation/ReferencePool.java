package org.referralgateway.api.validation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.referralgateway.validation.FastCheck;
import org.referralgateway.validation.Objection;
import org.referralgateway.validation.ReferenceCheck;
import org.springframework.stereotype.Component;

/**
 * Lets the reference validator work within bounds: few checks at a time, few waiting, each within its time. Java cannot stop
 * a thread, so a check that takes too long is told to stop and given up; its place is free again at once, and while too many
 * such threads still run nobody else gets one.
 */
@Component
class ReferencePool {

    private static final int MOST_GIVEN_UP = 4;
    private static final int MOST_ORPHANS = 6;

    private final ValidationSettings settings;
    private final Semaphore places;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger givenUp = new AtomicInteger();

    ReferencePool(ValidationSettings settings) {
        this.settings = settings;
        this.places = new Semaphore(settings.threads(), true);
    }

    /** What came of a check. */
    sealed interface Outcome {
        record Done(List<Objection> objections) implements Outcome {}

        /** Too many want one, or it is not ready. */
        record Busy() implements Outcome {}

        /** It was too large, or took too long. */
        record TooCostly() implements Outcome {}
    }

    /** Waits for the validator to be ready, for a place and then for the answer, within the time limit each. */
    Outcome check(byte[] json, List<String> profiles) {
        var fast = Validators.fast();
        if (fast == null || givenUp.get() >= MOST_GIVEN_UP) {
            return new Outcome.Busy();
        }
        if (json.length > settings.maxSize().toBytes() || isIntricate(fast, json)) {
            return new Outcome.TooCostly();
        }
        if (waiting.incrementAndGet() > settings.queue()) {
            waiting.decrementAndGet();
            return new Outcome.Busy();
        }
        ReferenceCheck reference;
        try {
            // Before a place is taken, so that nobody holds one who cannot begin yet.
            reference = reference();
            if (reference == null || !places.tryAcquire(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                return new Outcome.Busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Busy();
        } finally {
            waiting.decrementAndGet();
        }
        try {
            return checked(reference, new String(json, StandardCharsets.UTF_8), profiles);
        } finally {
            places.release();
        }
    }

    /** Null where it is still being made when the time is over, as just after a start, or cannot be made. */
    private @Nullable ReferenceCheck reference() {
        try {
            return Validators.reference().get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /**
     * The validator tries every way through contained resources that nothing leads to, and their number grows with the
     * factorial. None of it passes a point where it could be stopped.
     */
    private static boolean isIntricate(FastCheck fast, byte[] json) {
        return fast.check(json).faults().stream()
                        .filter(fault -> fault.rule().equals("dom-3"))
                        .count()
                > MOST_ORPHANS;
    }

    private Outcome checked(ReferenceCheck reference, String json, List<String> profiles) {
        var answer = new CompletableFuture<List<Objection>>();
        var deadline = System.nanoTime() + settings.timeout().toNanos();
        var thread = Thread.ofPlatform().daemon().name("reference-check").unstarted(() -> {
            try {
                answer.complete(reference.check(json, profiles, () -> System.nanoTime() > deadline));
            } catch (Throwable e) { // whatever it is, whoever waits must know
                answer.completeExceptionally(e);
            }
        });
        thread.start();
        try {
            return new Outcome.Done(answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            givenUp.incrementAndGet();
            answer.whenComplete((done, failed) -> givenUp.decrementAndGet());
            thread.interrupt();
            return new Outcome.TooCostly();
        } catch (ExecutionException e) {
            return new Outcome.TooCostly();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return new Outcome.Busy();
        }
    }
}
