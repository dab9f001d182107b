package dev.paddock.testkit;

import dev.paddock.embedded.DatabaseAccess;

/** A PostgreSQL server and a Kafka broker for tests. */
interface TestServers extends AutoCloseable {
    DatabaseAccess database(String service);

    /** Kafka's bootstrap servers. */
    String kafka();

    void stopKafka();

    void restartKafka();

    @Override
    void close();
}
