package org.referralgateway.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.referralgateway.bench.Connection.Answer;

/**
 * One run. One thread hands out the requests when they are due; a bounded queue and a fixed number of connections take
 * them from there, and what finds no room is dropped and counted. The run ends by itself: every wait in it has a limit.
 */
final class LoadRun {
    private final LoadOptions options;
    private final Headers headers;
    private final Payload payload;
    private final BlockingQueue<Long> dueNow;
    private final TaskWatch watch;
    private final long followEvery;
    private final Tally tally = new Tally();
    private final AtomicLong unanswered = new AtomicLong();
    private volatile boolean allHandedOut;

    LoadRun(LoadOptions options, Headers headers, Payload payload) {
        this.options = options;
        this.headers = headers;
        this.payload = payload;
        this.dueNow = new ArrayBlockingQueue<>(options.inFlight());
        this.watch = new TaskWatch(
                options.taskQuery(),
                options.tasksAtLeast(),
                Duration.ofMillis(options.pollMillis()),
                Duration.ofSeconds(options.taskTimeoutSeconds()));
        int perSecond = options.samplesPerSecond();
        this.followEvery = perSecond == 0 ? 0 : Math.max(1, options.rate() / perSecond);
    }

    LoadReport measure() throws InterruptedException {
        CpuClock cpu = CpuClock.ofThisMachine(options.watched());
        Optional<String> noCpu = cpu.whyNot();
        if (followEvery > 0) {
            watch.start(4, this::connect);
        }
        String startedAt = OffsetDateTime.now(ZoneOffset.UTC).toString();
        var arrivals =
                new Arrivals(System.nanoTime() + 200_000_000L, options.rate(), options.warmup(), options.seconds());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < options.connections(); i++) {
            threads.add(Thread.ofPlatform().daemon().name("sender-" + i).start(() -> send(arrivals)));
        }
        threads.add(Thread.ofPlatform()
                .daemon()
                .name("arrivals")
                .priority(Thread.MAX_PRIORITY)
                .start(() -> handOut(arrivals)));

        parkUntil(arrivals.measuredFromNanos());
        Map<String, Duration> before = noCpu.isEmpty() ? cpu.read() : Map.of();
        long ownBefore = ownCpuNanos();
        for (Thread thread : threads) {
            thread.join();
        }
        watch.finish();
        long ownAfter = ownCpuNanos();
        Map<String, Duration> after = noCpu.isEmpty() ? cpu.read() : Map.of();

        Map<String, Double> cpuMillis = new LinkedHashMap<>();
        after.forEach((name, used) -> cpuMillis.put(
                name,
                perAccepted(used.minus(before.getOrDefault(name, Duration.ZERO)).toNanos())));
        return new LoadReport(
                startedAt,
                options.base().toString(),
                options.payload().name().toLowerCase(Locale.ROOT),
                payload.get(0).length,
                options.rate(),
                options.seconds(),
                options.warmup(),
                options.connections(),
                options.inFlight(),
                arrivals.count() - arrivals.warmup(),
                tally.accepted(),
                tally.acceptedPerSecond(arrivals),
                tally.answers(),
                tally.notSent(),
                tally.reconnects(),
                tally.post(),
                tally.postAccepted(),
                tally.waited(),
                followEvery > 0 ? Optional.of(watch.report()) : Optional.empty(),
                cpuMillis,
                noCpu,
                perAccepted(ownAfter - ownBefore),
                tally.complaints());
    }

    /** When late itself, it hands out at once what is overdue: each request keeps the time at which it was due. */
    private void handOut(Arrivals arrivals) {
        try {
            for (long index = 0; index < arrivals.count(); index++) {
                parkUntil(arrivals.dueNanos(index));
                if (unanswered.incrementAndGet() > options.inFlight() || !dueNow.offer(index)) {
                    unanswered.decrementAndGet();
                    if (arrivals.isMeasured(index)) {
                        tally.addNotSent();
                    }
                }
            }
        } finally {
            allHandedOut = true;
        }
    }

    private void send(Arrivals arrivals) {
        try (Connection connection = connect()) {
            while (true) {
                Long index = dueNow.poll(250, TimeUnit.MILLISECONDS);
                if (index != null) {
                    try {
                        send(index, arrivals, connection);
                    } finally {
                        unanswered.decrementAndGet();
                    }
                } else if (allHandedOut && dueNow.isEmpty()) {
                    tally.addReconnects(connection.reconnects());
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(long index, Arrivals arrivals, Connection connection) {
        byte[] body = payload.get(index);
        long due = arrivals.dueNanos(index);
        long sent = System.nanoTime();
        String outcome;
        boolean accepted = false;
        try {
            Answer answer = connection.post(options.payload().path(), body);
            outcome = Integer.toString(answer.status());
            accepted = answer.status() == 200 || answer.status() == 201;
            if (!accepted) {
                tally.complain(outcome, new String(answer.body(), StandardCharsets.UTF_8));
            } else if (isFollowed(index, arrivals) && !watch.follow(answer, due)) {
                tally.complain(
                        "no id", "An accepted referral was answered without the location of its ServiceRequest.");
            }
        } catch (SocketTimeoutException e) {
            outcome = "no answer within " + options.timeoutSeconds() + " s";
        } catch (IOException e) {
            outcome = "connection failed";
            tally.complain(outcome, e.toString());
        }
        long now = System.nanoTime();
        if (arrivals.isMeasured(index)) {
            tally.add(outcome, accepted, due, sent, now);
        }
    }

    /** The last one too: when its Task is there, the work that the CPU time pays for is done. */
    private boolean isFollowed(long index, Arrivals arrivals) {
        return followEvery > 0
                && arrivals.isMeasured(index)
                && (index % followEvery == 0 || index == arrivals.count() - 1);
    }

    private Connection connect() {
        return new Connection(options.base(), headers, Duration.ofSeconds(options.timeoutSeconds()));
    }

    private double perAccepted(long nanos) {
        return tally.accepted() == 0 ? 0 : nanos / 1e6 / tally.accepted();
    }

    private static void parkUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static long ownCpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
