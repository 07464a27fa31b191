package org.referralgateway.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The running server of a cluster folder, found by the {@code postmaster.pid} that PostgreSQL keeps there. */
final class Postmaster {
    private static final Duration END = Duration.ofSeconds(30);

    private final Path cluster;

    Postmaster(Path cluster) {
        this.cluster = cluster;
    }

    boolean isRunning() throws IOException {
        return process().filter(this::isOurs).isPresent();
    }

    /**
     * After a restart of the computer or of a container another process may have the number in the file, and PostgreSQL
     * would refuse to start. Where no process has it we leave the file, because PostgreSQL then checks for survivors itself.
     */
    void forgetIfAnotherProcessHasItsNumber() throws IOException {
        if (process().isPresent() && !isRunning()) {
            Files.deleteIfExists(file());
        }
    }

    /** Kills the server and waits until its workers, which notice it by themselves, are gone. */
    void kill() throws IOException {
        Optional<ProcessHandle> server = process().filter(this::isOurs);
        if (server.isEmpty()) {
            return;
        }
        List<ProcessHandle> all =
                Stream.concat(server.stream(), server.get().descendants()).toList();
        server.get().destroyForcibly();
        if (!Waiting.until(() -> all.stream().noneMatch(Postmaster::isPostgres), END)) {
            throw new IOException("PostgreSQL outlived its kill in " + cluster);
        }
    }

    private Optional<ProcessHandle> process() throws IOException {
        if (!Files.exists(file())) {
            return Optional.empty();
        }
        String number =
                Files.readAllLines(file()).stream().findFirst().orElse("").strip();
        return number.matches("[0-9]{1,18}") ? ProcessHandle.of(Long.parseLong(number)) : Optional.empty();
    }

    /** By program and folder: a number in a file is not enough to stop a process for. */
    private boolean isOurs(ProcessHandle process) {
        String[] arguments = process.info().arguments().orElse(new String[0]);
        return isPostgres(process) && Arrays.asList(arguments).contains(cluster.toString());
    }

    /** False for a dead one that nobody has collected yet, which still counts as alive. */
    private static boolean isPostgres(ProcessHandle process) {
        return process.isAlive()
                && process.info()
                        .command()
                        .filter(command -> Path.of(command).endsWith("postgres"))
                        .isPresent();
    }

    private Path file() {
        return cluster.resolve("postmaster.pid");
    }
}
