package dev.paddock.dataset.source;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Documents and uploads of each tenant, in an area of the artifact store that nothing but this service's rows refer to.
 * Blobs and the row that names them are stored {@link #storing under a lock} that the removal of blobs waits for.
 */
@Component
public class SourceStore {
    private final ArtifactStore artifacts;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    SourceStore(ArtifactStore artifacts, JdbcClient jdbc, TransactionTemplate transaction) {
        this.artifacts = artifacts;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    ArtifactStore of(String tenant) {
        return artifacts.within("sources/" + tenant);
    }

    /** Runs what puts blobs and saves their row, in one transaction. */
    public <T> T storing(String tenant, Supplier<T> work) {
        return java.util.Objects.requireNonNull(transaction.execute(status -> {
            lock("pg_advisory_xact_lock_shared", tenant);
            return work.get();
        }));
    }

    /** Waits until nobody is {@link #storing}, and keeps them waiting until the end of the transaction. */
    void lockAlone(String tenant) {
        lock("pg_advisory_xact_lock", tenant);
    }

    private void lock(String function, String tenant) {
        jdbc.sql("SELECT " + function + "(hashtextextended(:name, 4))")
                .param("name", "sources " + tenant)
                .query((row, number) -> number)
                .list();
    }

    public Digest put(String tenant, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return of(tenant).put(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /**
     * Opens a blob.
     *
     * @throws java.nio.file.NoSuchFileException when it was deleted
     */
    public InputStream open(String tenant, String digest) throws IOException {
        return of(tenant).open(new Digest(digest));
    }
}
