package dev.paddock.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * A PostgreSQL server as a child process, on 127.0.0.1, with durable writes; its data stay in {@code home} and survive
 * {@code kill -9} of this JVM. Each service has a role and a schema of its own in the database {@code paddock}.
 */
public final class EmbeddedPostgreSql implements AutoCloseable {
    private static final String SUPERUSER = "postgres";

    private final HomeLock lock;
    private final EmbeddedPostgres server;
    private final ServiceSchemas schemas;

    private EmbeddedPostgreSql(HomeLock lock, EmbeddedPostgres server, ServiceSchemas schemas) {
        this.lock = lock;
        this.server = server;
        this.schemas = schemas;
    }

    /** Starts on a free port. */
    public static EmbeddedPostgreSql start(Path home) {
        return start(home, Ports.free());
    }

    /**
     * Starts on {@code port}, taking over a server that an earlier, killed JVM left on the same folder.
     *
     * @throws EmbeddedStartException when the folder is in use, the port is taken or PostgreSQL refuses this user
     */
    public static EmbeddedPostgreSql start(Path home, int port) {
        RootCheck.run();
        HomeLock lock = HomeLock.of(home);
        try {
            OrphanPostgreSql.stop(home.resolve("data"));
            ClusterFolder.deleteUnfinished(home.resolve("data"));
            Ports.requireFree(port, "PostgreSQL");
            DatabasePasswords passwords = DatabasePasswords.in(home);
            EmbeddedPostgres server = launch(home, port, passwords);
            PasswordRule.apply(server.getPostgresDatabase(), home.resolve("data"), passwords.of(SUPERUSER));
            ServiceSchemas schemas =
                    new ServiceSchemas("127.0.0.1:" + port, SUPERUSER, passwords.of(SUPERUSER), passwords::of);
            schemas.createDatabase();
            return new EmbeddedPostgreSql(lock, server, schemas);
        } catch (IOException | SQLException | RuntimeException e) {
            lock.close();
            throw e instanceof EmbeddedStartException known
                    ? known
                    : new EmbeddedStartException("PostgreSQL did not start in " + home + ": " + e.getMessage(), e);
        }
    }

    /** The process of a server that runs on the folder, whose JVM may have been killed. */
    public static Optional<Long> process(Path home) {
        return OrphanPostgreSql.find(home.resolve("data")).map(ProcessHandle::pid);
    }

    /**
     * Ends a server that a killed JVM left on the folder, in order.
     *
     * @return its process, empty when there was none
     * @throws EmbeddedStartException when a living JVM holds the folder
     */
    public static Optional<Long> stopOrphan(Path home) {
        Optional<Long> orphan = process(home);
        if (orphan.isPresent()) {
            HomeLock lock = HomeLock.of(home);
            try (lock) {
                OrphanPostgreSql.stop(home.resolve("data"));
            }
        }
        return orphan;
    }

    private static EmbeddedPostgres launch(Path home, int port, DatabasePasswords passwords) throws IOException {
        Path log = home.resolve("postgresql.log");
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setOverrideWorkingDirectory(
                        Files.createDirectories(home.resolve("program")).toFile())
                .setDataDirectory(home.resolve("data"))
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setConnectConfig("password", passwords.of(SUPERUSER))
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("password_encryption", "scram-sha-256")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Creates the service's role and schema unless they are there, and says how the service connects. */
    public DatabaseAccess service(String service) {
        return schemas.service(service);
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        try (lock) {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL did not stop", e);
        }
    }
}
