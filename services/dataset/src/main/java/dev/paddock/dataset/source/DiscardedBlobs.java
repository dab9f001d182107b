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

    /**
     * Has these blobs removed by a {@link #sweep} after the current transaction: one that takes them at the same time waits for
     * its end, also where they are on the list already.
     */
    public void discard(String tenant, Collection<String> digests) {
        jdbc.sql("INSERT INTO discarded_blob (tenant, digest) SELECT DISTINCT :tenant, unnest(:digests) ORDER BY 2"
                        + " ON CONFLICT (tenant, digest) DO UPDATE SET digest = excluded.digest")
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

    /** What is taken off the list is looked at afterwards, so that whatever was put on it meanwhile stays for the next sweep. */
    private void remove(String tenant) {
        sources.lockAlone(tenant);
        List<String> taken = jdbc.sql("DELETE FROM discarded_blob WHERE tenant = ? RETURNING digest")
                .param(tenant)
                .query(String.class)
                .list();
        ArtifactStore store = sources.of(tenant);
        for (String digest : unreferenced(tenant, taken)) {
            try {
                store.remove(new Digest(digest));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private List<String> unreferenced(String tenant, List<String> digests) {
        return jdbc.sql("SELECT b.digest FROM unnest(:digests) AS b (digest)"
                        + " WHERE NOT EXISTS (SELECT 1 FROM document d WHERE d.tenant = :tenant AND d.deleted_at IS NULL"
                        + " AND b.digest IN (d.digest, d.text_digest))"
                        + " AND NOT EXISTS (SELECT 1 FROM upload u WHERE u.tenant = :tenant"
                        + " AND b.digest IN (u.digest, u.rows_digest))")
                .param("tenant", tenant)
                .param("digests", digests.toArray(String[]::new))
                .query(String.class)
                .list();
    }
}
