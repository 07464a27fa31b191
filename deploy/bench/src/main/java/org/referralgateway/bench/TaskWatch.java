package org.referralgateway.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.referralgateway.bench.Connection.Answer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows some accepted referrals until their Task can be read, as a practice's EHR would: by asking. What it finds is
 * therefore late by up to the time between two questions, which it measures and reports too.
 */
final class TaskWatch {
    private static final Pattern SERVICE_REQUEST =
            Pattern.compile("(?:^|/)ServiceRequest/([A-Za-z0-9.-]{1,64})(?:[/?]|$)");
    private static final int MOST_AT_ONCE = 2_000;

    private final JsonMapper json = new JsonMapper();
    private final DelayQueue<Sample> due = new DelayQueue<>();
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final List<Thread> askers = new ArrayList<>();
    private final Latencies visible = new Latencies();
    private final Latencies gaps = new Latencies();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong neverSeen = new AtomicLong();
    private final AtomicLong polls = new AtomicLong();
    private final AtomicLong failedPolls = new AtomicLong();

    private final String query;
    private final int atLeast;
    private final Duration poll;
    private final Duration giveUp;
    private volatile boolean finishing;

    /** @param query the search below the base, with {id} for the id of the ServiceRequest */
    TaskWatch(String query, int atLeast, Duration poll, Duration giveUp) {
        this.query = query;
        this.atLeast = atLeast;
        this.poll = poll;
        this.giveUp = giveUp;
    }

    private record Sample(String path, long dueAt, long sentNanos, long lastAsked) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueAt - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.signum(getDelay(TimeUnit.NANOSECONDS) - other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    void start(int connections, Supplier<Connection> connect) {
        for (int i = 0; i < connections; i++) {
            askers.add(Thread.ofPlatform().daemon().name("task-watch-" + i).start(() -> ask(connect)));
        }
    }

    /**
     * Follows the referral of this answer from now on; the time counts from when its request was due.
     *
     * @return false if the answer does not say which ServiceRequest it made
     */
    boolean follow(Answer accepted, long dueNanos) {
        Optional<String> id = serviceRequestId(accepted);
        if (id.isEmpty()) {
            return false;
        }
        if (room.tryAcquire()) {
            long now = System.nanoTime();
            due.put(new Sample("/" + query.replace("{id}", id.get()), now, dueNanos, now));
        } else {
            skipped.incrementAndGet();
        }
        return true;
    }

    /** Returns when each sample has been seen or given up. */
    void finish() throws InterruptedException {
        finishing = true;
        for (Thread asker : askers) {
            asker.join();
        }
    }

    TaskReport report() {
        return new TaskReport(
                LoadReport.Spread.of(visible),
                skipped.get(),
                neverSeen.get(),
                giveUp.toSeconds(),
                poll.toMillis(),
                LoadReport.Spread.of(gaps),
                polls.get(),
                failedPolls.get(),
                query,
                atLeast);
    }

    record TaskReport(
            LoadReport.Spread visible,
            long skipped,
            long neverSeen,
            long givenUpAfterSeconds,
            long pollMillis,
            LoadReport.Spread betweenPolls,
            long polls,
            long failedPolls,
            String query,
            int atLeast) {}

    private void ask(Supplier<Connection> connect) {
        try (Connection connection = connect.get()) {
            while (true) {
                Sample sample = due.poll(50, TimeUnit.MILLISECONDS);
                if (sample != null) {
                    ask(sample, connection);
                } else if (finishing && room.availablePermits() == MOST_AT_ONCE) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(Sample sample, Connection connection) {
        long asked = System.nanoTime();
        gaps.record(asked - sample.lastAsked());
        polls.incrementAndGet();
        boolean seen = isThere(sample.path(), connection);
        long now = System.nanoTime();
        long age = now - sample.sentNanos();
        if (seen) {
            visible.record(age);
            room.release();
        } else if (age > giveUp.toNanos()) {
            neverSeen.incrementAndGet();
            room.release();
        } else {
            // Old samples less often, by 5 % of their age: a stall must not turn the watch into the load.
            long next = asked + Math.max(poll.toNanos(), age / 20);
            due.put(new Sample(sample.path(), next, sample.sentNanos(), asked));
        }
    }

    private boolean isThere(String path, Connection connection) {
        try {
            Answer answer = connection.get(path);
            if (answer.status() == 200) {
                JsonNode bundle = json.readTree(answer.body());
                return Math.max(
                                bundle.path("total").asInt(0),
                                bundle.path("entry").size())
                        >= atLeast;
            }
        } catch (IOException | JacksonException e) {
            // Counted below: the sample is asked for again.
        }
        failedPolls.incrementAndGet();
        return false;
    }

    private Optional<String> serviceRequestId(Answer answer) {
        String location = answer.location();
        if (location != null) {
            return idIn(location);
        }
        try {
            for (JsonNode entry : json.readTree(answer.body()).path("entry")) {
                Optional<String> id =
                        idIn(entry.path("response").path("location").asString(""));
                if (id.isPresent()) {
                    return id;
                }
            }
        } catch (JacksonException e) {
            // Then it names nothing.
        }
        return Optional.empty();
    }

    private static Optional<String> idIn(String location) {
        var found = SERVICE_REQUEST.matcher(location);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
