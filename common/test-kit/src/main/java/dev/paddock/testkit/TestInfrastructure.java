package dev.paddock.testkit;

import dev.paddock.embedded.DatabaseAccess;
import dev.paddock.embedded.EmbeddedKafka;
import dev.paddock.embedded.EmbeddedPostgreSql;
import dev.paddock.embedded.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** One PostgreSQL, one Kafka broker and one token issuer for all tests of this JVM, started at first use. */
public final class TestInfrastructure {
    private static final class Holder {
        static final TestInfrastructure INSTANCE = new TestInfrastructure();
    }

    private final Path folder;
    private final int kafkaPort = Ports.free();
    private final int controllerPort = Ports.free();
    private final EmbeddedPostgreSql database;
    private final TestTokens tokens;
    private EmbeddedKafka kafka;

    private TestInfrastructure() {
        try {
            folder = Files.createTempDirectory("paddock-test");
        } catch (IOException e) {
            throw new IllegalStateException("no temporary folder", e);
        }
        database = EmbeddedPostgreSql.start(folder.resolve("postgresql"));
        kafka = startKafka();
        tokens = new TestTokens();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "test-infrastructure"));
    }

    public static TestInfrastructure get() {
        return Holder.INSTANCE;
    }

    public DatabaseAccess database(String service) {
        return database.service(service);
    }

    public String kafka() {
        return "127.0.0.1:" + kafkaPort;
    }

    public TestTokens tokens() {
        return tokens;
    }

    /** A folder of this JVM's tests, removed at its end. */
    public Path folder(String name) {
        return folder.resolve(name);
    }

    /** Takes the broker away, as an outage does. */
    public synchronized void stopKafka() {
        kafka.close();
    }

    /** Brings the broker back on the same port with the same log. */
    public synchronized void restartKafka() {
        kafka = startKafka();
    }

    private EmbeddedKafka startKafka() {
        return EmbeddedKafka.start(folder.resolve("kafka"), kafkaPort, controllerPort);
    }

    private void close() {
        tokens.close();
        kafka.close();
        database.close();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            System.err.println("left behind: " + folder);
        }
    }
}
