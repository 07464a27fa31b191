package org.referralgateway.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.OptionalInt;

/**
 * A PostgreSQL server that keeps its data in a folder and what it commits on the disk.
 *
 * <p>It runs in a session of its own, so that Ctrl-C in a terminal reaches this process only and the order of stopping is
 * ours. The price: when this process is killed, the server lives on. The next start on the same folder stops it.
 *
 * <p>Nothing stops it by itself when the JVM ends: who starts it closes it, in a shutdown hook if need be.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String SUPERUSER = "postgres";
    private static final String TIMEOUT_SECONDS = "120";

    private final Path cluster;
    private final PostgresPrograms programs;
    private final String password;
    private final int port;

    private EmbeddedPostgres(Path cluster, PostgresPrograms programs, String password, int port) {
        this.cluster = cluster;
        this.programs = programs;
        this.password = password;
        this.port = port;
    }

    /**
     * Starts the server and returns when it takes connections.
     *
     * @param dataFolder for this server only; made if missing. What a run left in it is there again
     * @param port 0 for any free one; the folder remembers it for the next run
     */
    public static EmbeddedPostgres start(Path dataFolder, int port) {
        try {
            Path folder = OwnerOnly.folder(dataFolder);
            Path passwordFile = folder.resolve("superuser-password");
            if (!Files.exists(passwordFile)) {
                OwnerOnly.write(passwordFile, Secrets.random());
            }
            var programs = new PostgresPrograms(PostgresBinaries.unpackedFor(folder), passwordFile);
            Path cluster = folder.resolve("cluster");
            if (!Files.exists(cluster)) {
                initialise(cluster, passwordFile, programs);
            }
            stopSurvivor(cluster, programs);
            int chosen = RememberedPort.in(folder, port);
            PostgresSettings.write(cluster, chosen);
            launch(cluster, folder.resolve("postgresql.log"), programs);
            return new EmbeddedPostgres(cluster, programs, Files.readString(passwordFile), chosen);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start in " + dataFolder + ": " + e.getMessage(), e);
        }
    }

    /** The port of the server that any process runs on this folder now; empty if there is none. */
    public static OptionalInt portOfRunning(Path dataFolder) {
        try {
            if (!Files.isDirectory(dataFolder)) {
                return OptionalInt.empty();
            }
            Path folder = dataFolder.toRealPath();
            boolean running = new Postmaster(folder.resolve("cluster")).isRunning();
            return running ? OptionalInt.of(RememberedPort.lastOf(folder)) : OptionalInt.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + dataFolder + " cannot be read: " + e.getMessage(), e);
        }
    }

    public int port() {
        return port;
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String superuser() {
        return SUPERUSER;
    }

    public String superuserPassword() {
        return password;
    }

    /** Rolls back what is open, ends all connections and stops. Does nothing if the server is not running. */
    @Override
    public void close() {
        try {
            if (new Postmaster(cluster).isRunning()) {
                stop(cluster, programs);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the server as a power failure would, for tests of what that does. The folder can be started again. */
    public void kill() {
        try {
            new Postmaster(cluster).kill();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Beside it first and then renamed, so that a run killed meanwhile leaves no half a cluster. */
    private static void initialise(Path cluster, Path passwordFile, PostgresPrograms programs) throws IOException {
        Path unfinished = cluster.resolveSibling("cluster.unfinished");
        Folders.delete(unfinished);
        programs.run(
                "initdb",
                "--pgdata=" + unfinished,
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // Sorting must not change with the C library of the computer: that would corrupt indexes.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void stopSurvivor(Path cluster, PostgresPrograms programs) throws IOException {
        var postmaster = new Postmaster(cluster);
        if (postmaster.isRunning()) {
            stop(cluster, programs);
        } else {
            postmaster.forgetIfAnotherProcessHasItsNumber();
        }
    }

    private static void launch(Path cluster, Path log, PostgresPrograms programs) throws IOException {
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling("postgresql.previous.log"), StandardCopyOption.REPLACE_EXISTING);
        }
        try {
            programs.run(
                    "pg_ctl", "start", "--pgdata=" + cluster, "--log=" + log, "--wait", "--timeout=" + TIMEOUT_SECONDS);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "\nThe end of " + log + ":\n" + endOf(log), e);
        }
    }

    private static void stop(Path cluster, PostgresPrograms programs) throws IOException {
        programs.run("pg_ctl", "stop", "--pgdata=" + cluster, "--mode=fast", "--wait", "--timeout=" + TIMEOUT_SECONDS);
    }

    private static String endOf(Path log) throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of("(empty)");
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }
}
