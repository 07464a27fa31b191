package org.referralgateway.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts durations in buckets less than 1 % wide, so that a run of any length needs the same 60 KB. The maximum is exact.
 * Safe to record from many threads.
 */
final class Latencies {
    private static final int BITS = 7;
    private static final int LINEAR = 1 << BITS;

    private final AtomicLongArray buckets = new AtomicLongArray(LINEAR * (64 - BITS));
    private final AtomicLong maxMicros = new AtomicLong();

    void record(long nanos) {
        long micros = Math.max(0, nanos) / 1_000;
        buckets.incrementAndGet(bucketOf(micros));
        maxMicros.accumulateAndGet(micros, Math::max);
    }

    long count() {
        long count = 0;
        for (int i = 0; i < buckets.length(); i++) {
            count += buckets.get(i);
        }
        return count;
    }

    /**
     * The smallest duration that at least this share of all recorded ones do not exceed (nearest rank), rounded up by
     * less than 1 %. Zero where nothing was recorded.
     */
    Duration percentile(double percent) {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("A percentile is above 0 and at most 100.");
        }
        long rank = (long) Math.ceil(count() * percent / 100);
        long seen = 0;
        for (int i = 0; i < buckets.length(); i++) {
            seen += buckets.get(i);
            if (seen >= rank && seen > 0) {
                return micros(Math.min(lastOf(i), maxMicros.get()));
            }
        }
        return Duration.ZERO;
    }

    Duration max() {
        return micros(maxMicros.get());
    }

    /** Below 128 µs one bucket per µs; above, 128 buckets for each doubling. */
    static int bucketOf(long micros) {
        if (micros < LINEAR) {
            return (int) micros;
        }
        int shift = 63 - Long.numberOfLeadingZeros(micros) - BITS;
        return (shift + 1) * LINEAR + (int) (micros >>> shift) - LINEAR;
    }

    /** The longest duration that falls into a bucket. */
    static long lastOf(int bucket) {
        if (bucket < LINEAR) {
            return bucket;
        }
        int shift = bucket / LINEAR - 1;
        return ((long) (bucket % LINEAR + LINEAR + 1) << shift) - 1;
    }

    private static Duration micros(long micros) {
        return Duration.ofNanos(micros * 1_000);
    }
}
