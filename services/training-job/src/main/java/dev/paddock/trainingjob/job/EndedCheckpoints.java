package dev.paddock.trainingjob.job;

import dev.paddock.contracts.lease.CheckpointReference;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Takes the checkpoints of ended jobs out of the artifact store; a failed job keeps its last one. They lie in an area of the job's own,
 * so no other job or version refers to them. What a crash leaves over is taken by the next sweep.
 */
@Component
class EndedCheckpoints {
    private static final Logger LOG = LoggerFactory.getLogger(EndedCheckpoints.class);

    /** How long after its lease a worker may still be writing a checkpoint. */
    private static final Duration LATEST_WRITE = Duration.ofMinutes(10);

    private final ArtifactStore artifacts;
    private final JdbcClient jdbc;
    private final Clock clock;

    EndedCheckpoints(ArtifactStore artifacts, JdbcClient jdbc, Clock clock) {
        this.artifacts = artifacts;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A job whose checkpoints are to go, and the one that it keeps. */
    private record Ended(UUID job, @Nullable String kept) {}

    @Scheduled(fixedDelayString = "${paddock.training-job.sweep-interval:PT5S}")
    void sweep() {
        ended().forEach(this::remove);
    }

    private List<Ended> ended() {
        return jdbc.sql("select id, case when state = 'FAILED' then checkpoint_digest end as kept from training_job"
                        + " where state in ('COMPLETED', 'FAILED', 'CANCELLED') and not checkpoints_removed"
                        + " and (lease_expires_at is null or lease_expires_at < :before) order by id limit 100")
                .param("before", Timestamp.from(clock.instant().minus(LATEST_WRITE)))
                .query((row, number) -> new Ended(row.getObject("id", UUID.class), row.getString("kept")))
                .list();
    }

    private void remove(Ended ended) {
        try {
            artifacts
                    .within(CheckpointReference.area(ended.job()))
                    .retain(ended.kept() == null ? Set.of() : Set.of(new Digest(ended.kept())));
            jdbc.sql("update training_job set checkpoints_removed = true where id = ?")
                    .param(ended.job())
                    .update();
        } catch (IOException | RuntimeException e) {
            LOG.warn("checkpoints of job {} wait in the store for the next sweep: {}", ended.job(), e.toString());
        }
    }
}
