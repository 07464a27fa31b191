package org.referralgateway.api.validation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Which of the payloads that arrive are looked at: a part of them, and no more in a time than so many, however many arrive. */
final class Sampling {

    private final double part;
    private final long everyNanos;
    private final LongSupplier nanos;
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong due;

    /**
     * @param part from 0 to 1
     * @param every the least time between two
     * @param nanos a clock that only goes on
     */
    Sampling(double part, Duration every, LongSupplier nanos) {
        this.part = part;
        this.everyNanos = every.toNanos();
        this.nanos = nanos;
        this.due = new AtomicLong(nanos.getAsLong());
    }

    /** Asked once for each payload. */
    boolean takes() {
        long number = seen.incrementAndGet();
        return (long) (number * part) > (long) ((number - 1) * part) && isTime();
    }

    private boolean isTime() {
        long now = nanos.getAsLong();
        long from = due.get();
        return now - from >= 0 && due.compareAndSet(from, now + everyNanos);
    }
}
