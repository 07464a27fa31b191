package org.referralgateway.bench;

/**
 * When each request is due. Fixed before the run, so that no slow answer ever moves a later request: latency counts from
 * here, not from when a connection happened to be free (coordinated omission).
 */
record Arrivals(long firstNanos, int perSecond, int warmupSeconds, int seconds) {

    long count() {
        return warmup() + (long) perSecond * seconds;
    }

    /** How many of the first requests are not measured. */
    long warmup() {
        return (long) perSecond * warmupSeconds;
    }

    boolean isMeasured(long index) {
        return index >= warmup();
    }

    /** The time, by the clock of System.nanoTime, at which a request is due. Exact whole seconds: no drift in a long run. */
    long dueNanos(long index) {
        return firstNanos + index / perSecond * 1_000_000_000L + index % perSecond * 1_000_000_000L / perSecond;
    }

    long measuredFromNanos() {
        return dueNanos(warmup());
    }

    long endNanos() {
        return dueNanos(count());
    }
}
