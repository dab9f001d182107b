package dev.paddock.testkit;

import dev.paddock.embedded.DatabaseAccess;
import dev.paddock.embedded.ServiceSchemas;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The same servers in containers, where Docker answers. */
final class ContainerServers implements TestServers {
    private final PostgreSQLContainer database = new PostgreSQLContainer("postgres:18");
    private final KafkaContainer kafka = new KafkaContainer("apache/kafka:4.2.1");
    private final ServiceSchemas schemas;

    ContainerServers() {
        database.start();
        kafka.start();
        schemas = new ServiceSchemas(
                database.getHost() + ":" + database.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                database.getUsername(),
                database.getPassword(),
                role -> role + "-test");
        schemas.createDatabase();
    }

    @Override
    public DatabaseAccess database(String service) {
        return schemas.service(service);
    }

    @Override
    public String kafka() {
        return kafka.getBootstrapServers();
    }

    @Override
    public void stopKafka() {
        kafka.getDockerClient().pauseContainerCmd(kafka.getContainerId()).exec();
    }

    @Override
    public void restartKafka() {
        kafka.getDockerClient().unpauseContainerCmd(kafka.getContainerId()).exec();
    }

    @Override
    public void close() {
        kafka.stop();
        database.stop();
    }
}
