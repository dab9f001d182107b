package dev.paddock.testkit;

import dev.paddock.embedded.DatabaseAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/**
 * One PostgreSQL, one Kafka broker and one token issuer for all tests of this JVM, started at first use: embedded, or in
 * containers with {@code -Dpaddock.testcontainers=true}.
 */
public final class TestInfrastructure {
    private static final class Holder {
        static final TestInfrastructure INSTANCE = new TestInfrastructure();
    }

    private final Path folder;
    private final TestServers servers;
    private final TestTokens tokens;

    private TestInfrastructure() {
        try {
            folder = Files.createTempDirectory("paddock-test");
        } catch (IOException e) {
            throw new IllegalStateException("no temporary folder", e);
        }
        servers = Boolean.getBoolean("paddock.testcontainers") ? new ContainerServers() : new EmbeddedServers(folder);
        tokens = new TestTokens();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "test-infrastructure"));
    }

    public static TestInfrastructure get() {
        return Holder.INSTANCE;
    }

    public DatabaseAccess database(String service) {
        return servers.database(service);
    }

    /** Kafka's bootstrap servers. */
    public String kafka() {
        return servers.kafka();
    }

    public TestTokens tokens() {
        return tokens;
    }

    /** A folder of this JVM's tests, removed at its end. */
    public Path folder(String name) {
        return folder.resolve(name);
    }

    /** Takes the broker away, as an outage does. */
    public void stopKafka() {
        servers.stopKafka();
    }

    /** Brings the broker back at the same address with the same log. */
    public void restartKafka() {
        servers.restartKafka();
    }

    private void close() {
        tokens.close();
        servers.close();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            System.err.println("left behind: " + folder);
        }
    }
}
