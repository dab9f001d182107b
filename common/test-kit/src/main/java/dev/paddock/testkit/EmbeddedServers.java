package dev.paddock.testkit;

import dev.paddock.embedded.DatabaseAccess;
import dev.paddock.embedded.EmbeddedKafka;
import dev.paddock.embedded.EmbeddedPostgreSql;
import dev.paddock.embedded.Ports;
import java.nio.file.Path;

/** The servers that the local suite runs on. */
final class EmbeddedServers implements TestServers {
    private final Path folder;
    private final int kafkaPort = Ports.free();
    private final int controllerPort = Ports.free();
    private final EmbeddedPostgreSql database;
    private EmbeddedKafka kafka;

    EmbeddedServers(Path folder) {
        this.folder = folder;
        this.database = EmbeddedPostgreSql.start(folder.resolve("postgresql"));
        this.kafka = startKafka();
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
