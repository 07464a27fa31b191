package org.referralgateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.referralgateway.bench.CpuClock.Watched;

class CpuClockTest {
    @TempDir
    private Path proc;

    @BeforeEach
    void aMachine() throws IOException {
        process(1, "init", 0, 900, 0, 0, 0);
        process(10, "postgres", 1, 100, 10, 5, 5);
        process(11, "postgres: a (b) c", 10, 30, 10, 0, 0);
        process(12, "postgres", 10, 20, 20, 0, 0);
        process(20, "java", 1, 500, 0, 0, 0);
        process(21, "helper", 20, 40, 0, 0, 0);
    }

    @Test
    void addsLiveAndEndedChildren() {
        assertThat(clock(new Watched("postgres", 10)).read()).containsExactly(entry("postgres", 200));
    }

    @Test
    void countsEachProcessOnceForTheNearestWatchedOne() {
        assertThat(clock(new Watched("service", 20), new Watched("helper", 21)).read())
                .containsExactly(entry("service", 500), entry("helper", 40));
    }

    @Test
    void saysWhatItCannotWatch() throws IOException {
        process(99, "self", 1, 0, 0, 0, 0);
        Files.createDirectory(proc.resolve("self"));
        Files.createFile(proc.resolve("self/stat"));

        assertThat(clock().whyNot())
                .hasValueSatisfying(reason -> assertThat(reason).contains("--pids"));
        assertThat(clock(new Watched("kafka", 77)).whyNot()).hasValue("there is no process 77 (kafka)");
        assertThat(clock(new Watched("postgres", 10)).whyNot()).isEmpty();
    }

    @Test
    void saysSoWhereThereIsNoProc() {
        assertThat(clock(new Watched("postgres", 10)).whyNot()).hasValue("this system has no /proc");
    }

    private CpuClock clock(Watched... watched) {
        return new CpuClock(proc, List.of(watched), 100);
    }

    private static java.util.Map.Entry<String, Duration> entry(String name, long ticks) {
        return java.util.Map.entry(name, Duration.ofMillis(ticks * 10));
    }

    private void process(
            long pid, String command, long parent, long user, long system, long childUser, long childSystem)
            throws IOException {
        Path folder = Files.createDirectory(proc.resolve(Long.toString(pid)));
        Files.writeString(
                folder.resolve("stat"),
                "%d (%s) S %d 1 1 0 -1 4194560 1 1 1 1 %d %d %d %d 20 0 1 0 1\n"
                        .formatted(pid, command, parent, user, system, childUser, childSystem));
    }
}
