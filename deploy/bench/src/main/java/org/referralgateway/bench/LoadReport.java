package org.referralgateway.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.referralgateway.bench.TaskWatch.TaskReport;

/** What a run found, as text for people; the record itself is what --json writes. */
record LoadReport(
        String startedAt,
        String base,
        String payload,
        int payloadBytes,
        int rate,
        int seconds,
        int warmupSeconds,
        int connections,
        int inFlight,
        long offered,
        long accepted,
        double acceptedPerSecond,
        Map<String, Long> answers,
        long notSent,
        long reconnects,
        Spread post,
        Spread postAccepted,
        Spread waited,
        Optional<TaskReport> tasks,
        Map<String, Double> cpuMillisPerAccepted,
        Optional<String> noCpuBecause,
        double driverCpuMillisPerAccepted,
        List<String> complaints) {

    /** Milliseconds. */
    record Spread(long count, double p50, double p90, double p99, double p999, double max) {
        static Spread of(Latencies latencies) {
            return new Spread(
                    latencies.count(),
                    millis(latencies.percentile(50)),
                    millis(latencies.percentile(90)),
                    millis(latencies.percentile(99)),
                    millis(latencies.percentile(99.9)),
                    millis(latencies.max()));
        }

        private static double millis(Duration duration) {
            return duration.toNanos() / 1_000_000.0;
        }

        @Override
        public String toString() {
            return count == 0
                    ? "none"
                    : text("p50 %,.1f   p90 %,.1f   p99 %,.1f   p99.9 %,.1f   max %,.1f", p50, p90, p99, p999, max);
        }
    }

    String text() {
        var text = new StringBuilder();
        line(
                text,
                "load",
                "%s, %s of %,d bytes, %,d/s for %d s after %d s of warm-up; %d connections, %,d in flight at most",
                base,
                payload,
                payloadBytes,
                rate,
                seconds,
                warmupSeconds,
                connections,
                inFlight);
        line(text, "due", "%,d", offered);
        line(text, "accepted", "%,d = %,.1f per second", accepted, acceptedPerSecond);
        line(text, "answers", "%s", answers.isEmpty() ? "none" : answers);
        if (notSent > 0) {
            line(
                    text,
                    "not sent",
                    "%,d, because %,d were unanswered already. They are in no percentile: read those as lower bounds",
                    notSent,
                    inFlight);
        }
        if (reconnects > 0) {
            line(text, "reconnected", "%,d times, because the other side had closed an idle connection", reconnects);
        }
        line(text, "POST ms", "%s   (all answers, from when they were due)", post);
        if (postAccepted.count() != post.count()) {
            line(text, "", "%s   (accepted only)", postAccepted);
        }
        line(text, "", "%s   (of it before it was sent: no connection free, or this driver late)", waited);
        tasks.ifPresent(found -> tasks(text, found));
        noCpuBecause.ifPresent(reason -> line(text, "CPU", "not measured: %s", reason));
        if (noCpuBecause.isEmpty()) {
            double sum = cpuMillisPerAccepted.values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            line(
                    text,
                    "CPU ms",
                    "%.3f per accepted referral, of it %s   (everything they did meanwhile, polls included)",
                    sum,
                    shares());
        }
        line(text, "", "%.3f per accepted referral in this driver, not counted above", driverCpuMillisPerAccepted);
        complaints.forEach(complaint -> line(text, "said", "%s", complaint));
        return text.toString();
    }

    private static void tasks(StringBuilder text, TaskReport tasks) {
        line(
                text,
                "Task ms",
                "%s   (%,d referrals followed, from when the POST was due until %s found %d)",
                tasks.visible(),
                tasks.visible().count(),
                tasks.query(),
                tasks.atLeast());
        line(
                text,
                "",
                "resolution: asked every %d ms; really every %s (older samples less often, by 5 %% of their age)",
                tasks.pollMillis(),
                tasks.betweenPolls());
        line(
                text,
                "",
                "%,d polls%s%s%s",
                tasks.polls(),
                tasks.failedPolls() == 0 ? "" : text(", %,d of them failed", tasks.failedPolls()),
                tasks.skipped() == 0 ? "" : text("; %,d referrals not followed, too many at once", tasks.skipped()),
                tasks.neverSeen() == 0
                        ? ""
                        : text(
                                "; %,d WITHOUT A TASK after %d s, in no percentile",
                                tasks.neverSeen(), tasks.givenUpAfterSeconds()));
    }

    private String shares() {
        return String.join(
                ", ",
                cpuMillisPerAccepted.entrySet().stream()
                        .map(each -> text("%s %.3f", each.getKey(), each.getValue()))
                        .toList());
    }

    private static void line(StringBuilder text, String what, String format, Object... values) {
        text.append(text("%-12s ", what)).append(text(format, values)).append(System.lineSeparator());
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
