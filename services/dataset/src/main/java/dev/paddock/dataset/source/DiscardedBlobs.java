package dev.paddock.dataset.source;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes deleted sources out of the store. The wish is stored with the deletion and carried out after its commit; what a
 * crash leaves over is carried out at the next start or within the hour.
 */
@Component
public class DiscardedBlobs {
    private static final Logger LOG = LoggerFactory.getLogger(DiscardedBlobs.class);

    private final SourceStore sources;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    DiscardedBlobs(SourceStore sources, JdbcClient jdbc, TransactionTemplate transaction) {
        this.sources = sources;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Has these blobs removed by a {@link #sweep} after the current transaction. */
    public void discard(String tenant, Collection<String> digests) {
        jdbc.sql("INSERT INTO discarded_blob (tenant, digest) SELECT :tenant, unnest(:digests) ON CONFLICT DO NOTHING")
                .param("tenant", tenant)
                .param("digests", digests.toArray(String[]::new))
                .update();
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void sweep() {
        jdbc.sql("SELECT DISTINCT tenant FROM discarded_blob")
                .query(String.class)
                .list()
                .forEach(this::sweep);
    }

    /** Removes what was discarded, except what another document or upload of the tenant has too. */
    public void sweep(String tenant) {
        try {
            transaction.executeWithoutResult(status -> remove(tenant));
        } catch (RuntimeException e) {
            LOG.warn("deleted sources of {} wait in the store for the next sweep: {}", tenant, e.toString());
        }
    }

    private void remove(String tenant) {
        sources.lockAlone(tenant);
        ArtifactStore store = sources.of(tenant);
        for (String digest : unreferenced(tenant)) {
            try {
                store.remove(new Digest(digest));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        jdbc.sql("DELETE FROM discarded_blob WHERE tenant = ?").param(tenant).update();
    }

    private List<String> unreferenced(String tenant) {
        return jdbc.sql("SELECT b.digest FROM discarded_blob b WHERE b.tenant = :tenant"
                        + " AND NOT EXISTS (SELECT 1 FROM document d WHERE d.tenant = :tenant AND d.deleted_at IS NULL"
                        + " AND b.digest IN (d.digest, d.text_digest))"
                        + " AND NOT EXISTS (SELECT 1 FROM upload u WHERE u.tenant = :tenant"
                        + " AND b.digest IN (u.digest, u.rows_digest))")
                .param("tenant", tenant)
                .query(String.class)
                .list();
    }
}
