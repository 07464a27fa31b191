package org.referralgateway.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.referralgateway.bench.LoadReport.Spread;

/** What became of the measured requests, counted by many threads at once. */
final class Tally {
    private static final int MOST_COMPLAINTS = 5;

    private final ConcurrentHashMap<String, LongAdder> answers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, String> complaints = new ConcurrentHashMap<>();
    private final Latencies post = new Latencies();
    private final Latencies postAccepted = new Latencies();
    private final Latencies waited = new Latencies();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder notSent = new LongAdder();
    private final LongAdder reconnects = new LongAdder();
    private final AtomicLong lastAcceptedNanos = new AtomicLong(Long.MIN_VALUE);

    void add(String outcome, boolean isAccepted, long due, long sent, long answered) {
        answers.computeIfAbsent(outcome, _ -> new LongAdder()).increment();
        post.record(answered - due);
        waited.record(sent - due);
        if (isAccepted) {
            accepted.increment();
            postAccepted.record(answered - due);
            lastAcceptedNanos.accumulateAndGet(answered, Math::max);
        }
    }

    void addNotSent() {
        notSent.increment();
    }

    void addReconnects(int times) {
        reconnects.add(times);
    }

    /** Keeps the first text of a kind, shortened; a run that fails, fails thousands of times with the same words. */
    void complain(String kind, String text) {
        if (complaints.size() < MOST_COMPLAINTS && !complaints.containsKey(kind)) {
            String line = text.substring(0, Math.min(text.length(), 600)).replaceAll("\\s+", " ");
            complaints.putIfAbsent(kind, kind + ": " + line.substring(0, Math.min(line.length(), 300)));
        }
    }

    long accepted() {
        return accepted.sum();
    }

    /** Over the time it took to accept them: answers that come after the last request was due make it longer. */
    double acceptedPerSecond(Arrivals arrivals) {
        long end = Math.max(lastAcceptedNanos.get(), arrivals.endNanos());
        return accepted.sum() / ((end - arrivals.measuredFromNanos()) / 1e9);
    }

    Map<String, Long> answers() {
        Map<String, Long> sums = new TreeMap<>();
        answers.forEach((outcome, times) -> sums.put(outcome, times.sum()));
        return sums;
    }

    long notSent() {
        return notSent.sum();
    }

    long reconnects() {
        return reconnects.sum();
    }

    Spread post() {
        return Spread.of(post);
    }

    Spread postAccepted() {
        return Spread.of(postAccepted);
    }

    Spread waited() {
        return Spread.of(waited);
    }

    List<String> complaints() {
        return complaints.values().stream().sorted().toList();
    }
}
