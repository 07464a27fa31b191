package org.referralgateway.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** How the broker is set: one node, little memory, and nothing acknowledged that is not on the disk. */
final class KafkaSettings {
    static final int NODE = 1;
    static final String CONTROLLER = "CONTROLLER";

    private static final int MEBIBYTE = 1024 * 1024;

    private KafkaSettings() {}

    static Map<String, String> of(Path log, int port, int controllerPort) {
        var settings = new TreeMap<String, String>();
        settings.putAll(addresses(port, controllerPort));
        settings.putAll(oneNode());
        settings.putAll(smallComputer());
        settings.put("log.dirs", log.toString());
        // Topics are made on purpose, with their partitions and retention; a misspelt name is an error.
        settings.put("auto.create.topics.enable", "false");
        // There is no replica to take over from, so an acknowledged record must be on this disk.
        settings.put("log.flush.interval.messages", "1");
        return settings;
    }

    private static Map<String, String> addresses(int port, int controllerPort) {
        return Map.of(
                "listeners", "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort,
                "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port,
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT",
                "inter.broker.listener.name", "PLAINTEXT",
                "controller.listener.names", CONTROLLER,
                "controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
    }

    private static Map<String, String> oneNode() {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", String.valueOf(NODE)),
                Map.entry("default.replication.factor", "1"),
                Map.entry("min.insync.replicas", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // After a kill the new broker waits out the session of the dead one: short, but longer than a busy
                // minute's pause.
                Map.entry("broker.session.timeout.ms", "4000"),
                Map.entry("broker.heartbeat.interval.ms", "1000"),
                Map.entry("metadata.max.idle.interval.ms", "5000"));
    }

    private static Map<String, String> smallComputer() {
        return Map.of(
                "num.network.threads", "2",
                "num.io.threads", "2",
                "background.threads", "2",
                "num.replica.fetchers", "1",
                "log.cleaner.dedupe.buffer.size", String.valueOf(2 * MEBIBYTE),
                "log.cleaner.io.buffer.size", String.valueOf(64 * 1024),
                "log.index.size.max.bytes", String.valueOf(MEBIBYTE));
    }
}
