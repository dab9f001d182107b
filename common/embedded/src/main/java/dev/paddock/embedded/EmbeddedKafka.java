package dev.paddock.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/** A Kafka broker with its own controller (KRaft) in this JVM, on 127.0.0.1; its log stays in {@code home}. */
public final class EmbeddedKafka implements AutoCloseable {
    private static final String CLUSTER =
            Uuid.fromString("cGFkZG9jay1sb2NhbC1rZg").toString();

    private final HomeLock lock;
    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedKafka(HomeLock lock, KafkaRaftServer server, int port) {
        this.lock = lock;
        this.server = server;
        this.port = port;
    }

    /** Starts on free ports. */
    public static EmbeddedKafka start(Path home) {
        return start(home, Ports.free(), Ports.free());
    }

    /**
     * Starts with clients on {@code port} and the controller on {@code controllerPort}.
     *
     * @throws EmbeddedStartException when the folder is in use, a port is taken or the log cannot be opened
     */
    public static EmbeddedKafka start(Path home, int port, int controllerPort) {
        HomeLock lock = HomeLock.of(home);
        try {
            Ports.requireFree(port, "Kafka");
            Ports.requireFree(controllerPort, "Kafka's controller");
            Path log = home.resolve("log");
            format(log);
            KafkaRaftServer server =
                    new KafkaRaftServer(new KafkaConfig(settings(log, port, controllerPort)), Time.SYSTEM);
            server.startup();
            return new EmbeddedKafka(lock, server, port);
        } catch (EmbeddedStartException e) {
            lock.close();
            throw e;
        } catch (Exception e) {
            lock.close();
            throw new EmbeddedStartException("Kafka did not start in " + home + ": " + e.getMessage(), e);
        }
    }

    private static void format(Path log) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(CLUSTER)
                .setNodeId(1)
                .setControllerListenerName("CONTROLLER")
                .setDirectories(List.of(log.toString()))
                .setMetadataLogDirectory(log.toString())
                .setIgnoreFormatted(true)
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .run();
    }

    private static Map<String, String> settings(Path log, int port, int controllerPort) {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                Map.entry("log.dirs", log.toString()),
                Map.entry("num.partitions", "3"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("group.min.session.timeout.ms", "1000"),
                Map.entry("broker.session.timeout.ms", "2000"),
                Map.entry("broker.heartbeat.interval.ms", "500"),
                Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
                Map.entry("log.segment.bytes", "16777216"));
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        try (lock) {
            server.shutdown();
            server.awaitShutdown();
        }
    }
}
