package org.referralgateway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Reads from /proc what CPU some processes have used so far, each with all its descendants: the backends of a PostgreSQL
 * are children of its postmaster. What a child used that has ended since is in its parent's account, once the parent has
 * waited for it, so that the sum never shrinks.
 */
final class CpuClock {
    /** A process to watch and what to call it. */
    record Watched(String name, long pid) {}

    private record Process(long parent, long ticks) {}

    private final Path proc;
    private final List<Watched> watched;
    private final long ticksPerSecond;

    CpuClock(Path proc, List<Watched> watched, long ticksPerSecond) {
        this.proc = proc;
        this.watched = List.copyOf(watched);
        this.ticksPerSecond = ticksPerSecond;
    }

    static CpuClock ofThisMachine(List<Watched> watched) {
        return new CpuClock(Path.of("/proc"), watched, askTicksPerSecond());
    }

    /** Why there is nothing to read, or nothing if there is. */
    Optional<String> whyNot() {
        if (watched.isEmpty()) {
            return Optional.of("no process ids were given (--pids service=1,postgres=2)");
        }
        if (!Files.isReadable(proc.resolve("self/stat"))) {
            return Optional.of("this system has no /proc");
        }
        return watched.stream()
                .filter(each -> !Files.isReadable(stat(each.pid())))
                .findFirst()
                .map(each -> "there is no process " + each.pid() + " (" + each.name() + ")");
    }

    /** CPU time so far by name, in the order given. A process below two watched ones counts for the nearer one. */
    Map<String, Duration> read() {
        Map<Long, Process> processes = processes();
        Map<String, Duration> used = new LinkedHashMap<>();
        for (Watched each : watched) {
            used.merge(each.name(), Duration.ZERO, Duration::plus);
        }
        processes.forEach((pid, process) -> nearestWatched(pid, processes)
                .ifPresent(each -> used.merge(each.name(), time(process.ticks()), Duration::plus)));
        return used;
    }

    private Optional<Watched> nearestWatched(long pid, Map<Long, Process> processes) {
        long current = pid;
        for (int depth = 0; depth <= processes.size(); depth++) {
            for (Watched each : watched) {
                if (each.pid() == current) {
                    return Optional.of(each);
                }
            }
            Process process = processes.get(current);
            if (process == null) {
                break;
            }
            current = process.parent();
        }
        return Optional.empty();
    }

    private Map<Long, Process> processes() {
        Map<Long, Process> processes = new HashMap<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path folder : folders) {
                long pid = Long.parseLong(folder.getFileName().toString());
                try {
                    processes.put(pid, parse(Files.readString(stat(pid))));
                } catch (IOException e) {
                    // It ended while we were looking.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return processes;
    }

    /** The command is in parentheses and may itself hold blanks and parentheses: count from the last one. */
    private static Process parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
        long ticks = 0;
        for (int i = 11; i <= 14; i++) { // utime, stime, cutime, cstime
            ticks += Long.parseLong(fields[i]);
        }
        return new Process(Long.parseLong(fields[1]), ticks);
    }

    private Path stat(long pid) {
        return proc.resolve(Long.toString(pid)).resolve("stat");
    }

    private Duration time(long ticks) {
        return Duration.ofNanos(ticks * 1_000_000_000 / ticksPerSecond);
    }

    private static long askTicksPerSecond() {
        try {
            var getconf = new ProcessBuilder("getconf", "CLK_TCK")
                    .redirectErrorStream(true)
                    .start();
            if (getconf.waitFor(5, TimeUnit.SECONDS) && getconf.exitValue() == 0) {
                return Long.parseLong(
                        new String(getconf.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
            }
        } catch (IOException | NumberFormatException e) {
            // Not installed: fall through to what every common platform has.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 100;
    }
}
