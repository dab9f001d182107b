package dev.paddock.testkit;

import dev.paddock.embedded.DatabaseAccess;
import dev.paddock.embedded.EmbeddedKafka;
import dev.paddock.embedded.EmbeddedPostgreSql;
import dev.paddock.embedded.EmbeddedStartException;
import dev.paddock.embedded.Ports;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers that the local suite runs on. */
final class EmbeddedServers implements TestServers {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServers.class);
    private static final int ATTEMPTS = 3;

    private final Path folder;
    private final EmbeddedPostgreSql database;
    private int kafkaPort;
    private int controllerPort;
    private EmbeddedKafka kafka;

    EmbeddedServers(Path folder) {
        this.folder = folder;
        this.database = onFreePorts(() -> EmbeddedPostgreSql.start(folder.resolve("postgresql")));
        this.kafka = onFreePorts(() -> {
            kafkaPort = Ports.free();
            controllerPort = Ports.free();
            return startKafka();
        });
    }

    /** Another program may take a free port before the server does: tries again, on others. */
    private static <T> T onFreePorts(Supplier<T> start) {
        for (int attempt = 1; ; attempt++) {
            try {
                return start.get();
            } catch (EmbeddedStartException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.warn("attempt {} of {} to start a server for tests", attempt, ATTEMPTS, e);
            }
        }
    }

    @Override
    public DatabaseAccess database(String service) {
        return database.service(service);
    }

    @Override
    public String kafka() {
        return "127.0.0.1:" + kafkaPort;
    }

    @Override
    public synchronized void stopKafka() {
        kafka.close();
    }

    @Override
    public synchronized void restartKafka() {
        kafka = startKafka();
    }

    private EmbeddedKafka startKafka() {
        return EmbeddedKafka.start(folder.resolve("kafka"), kafkaPort, controllerPort);
    }

    @Override
    public synchronized void close() {
        kafka.close();
        database.close();
    }
}
