package org.referralgateway.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker and its controller in this JVM. It keeps its topics in a folder and what it acknowledges on the disk.
 *
 * <p>It can be stopped and started again in place, so that tests can see what others do meanwhile.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private final Path log;
    private final int port;
    private @Nullable KafkaRaftServer server;

    private EmbeddedKafka(Path log, int port) {
        this.log = log;
        this.port = port;
    }

    /**
     * The port that a start on this folder with port 0 will take, for those who must know the address before the broker is up.
     */
    public static int portIn(Path dataFolder) {
        try {
            return RememberedPort.in(OwnerOnly.folder(dataFolder), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka cannot use " + dataFolder + ": " + e.getMessage(), e);
        }
    }

    /**
     * Starts the broker and returns when it takes connections.
     *
     * @param dataFolder for this broker only; made if missing. What a run left in it is there again
     * @param port 0 for any free one; the folder remembers it for the next run
     */
    public static EmbeddedKafka start(Path dataFolder, int port) {
        try {
            Path folder = OwnerOnly.folder(dataFolder);
            Path log = OwnerOnly.folder(folder.resolve("log"));
            format(folder, log);
            var kafka = new EmbeddedKafka(log, RememberedPort.in(folder, port));
            kafka.startAgain();
            return kafka;
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka did not start in " + dataFolder + ": " + e.getMessage(), e);
        }
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Starts the stopped broker on the same port and folder. Does nothing while it runs. */
    public synchronized void startAgain() {
        if (server != null) {
            return;
        }
        surviveFatalErrors();
        try {
            var settings = KafkaSettings.of(log, port, RememberedPort.anyFree());
            var starting = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
            starting.startup();
            server = starting;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the broker in order. Does nothing if it is stopped. */
    public synchronized void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static void format(Path folder, Path log) throws IOException {
        Path clusterId = folder.resolve("cluster-id");
        if (!Files.exists(clusterId)) {
            OwnerOnly.write(clusterId, Uuid.randomUuid().toString());
        }
        try (var quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(quiet)
                    .setClusterId(Files.readString(clusterId))
                    .setNodeId(KafkaSettings.NODE)
                    .setControllerListenerName(KafkaSettings.CONTROLLER)
                    .setMetadataLogDirectory(log.toString())
                    .addDirectory(log.toString())
                    .setIgnoreFormatted(true)
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("The folder cannot be formatted for Kafka: " + e.getMessage(), e);
        }
    }

    /** A broker that cannot go on ends its process. Ours is the process of the service too, which can do without for a while. */
    private static void surviveFatalErrors() {
        Exit.Procedure reportAndFail = (status, message) -> {
            LoggerFactory.getLogger(EmbeddedKafka.class)
                    .error("Kafka gave up with status {}: {}. Events wait until it runs again.", status, message);
            throw new IllegalStateException("Kafka gave up with status " + status);
        };
        Exit.setExitProcedure(reportAndFail);
        Exit.setHaltProcedure(reportAndFail);
    }
}
