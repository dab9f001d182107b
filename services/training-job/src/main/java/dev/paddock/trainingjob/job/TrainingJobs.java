package dev.paddock.trainingjob.job;

import dev.paddock.kit.problem.ProblemException;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

/** All jobs; the queue is a query over them. */
public interface TrainingJobs extends JpaRepository<TrainingJob, UUID> {
    Optional<TrainingJob> findByIdAndTenant(UUID id, String tenant);

    @Query("select j from TrainingJob j where j.tenant = :tenant and j.id < :before order by j.id desc")
    List<TrainingJob> page(@Param("tenant") String tenant, @Param("before") UUID before, Limit limit);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select j from TrainingJob j where j.id = :id and j.tenant = :tenant")
    Optional<TrainingJob> lock(@Param("id") UUID id, @Param("tenant") String tenant);

    /**
     * The oldest job that may start now, locked; jobs that others are claiming are passed over. A worker that asks holds no
     * job any more, so its own lease may have ended at any time until now, those of others before {@code lapsed}.
     */
    @Query(nativeQuery = true, value = """
                    select * from training_job
                    where method in (:methods)
                      and (state = 'QUEUED' and claimable_from <= :now
                           or state = 'RUNNING' and attempts_spent < max_attempts
                              and (lease_expires_at < :lapsed or worker_id = :worker and lease_expires_at < :now))
                    order by id limit 1
                    for update skip locked
                    """)
    Optional<TrainingJob> next(
            @Param("methods") List<String> methods,
            @Param("worker") String worker,
            @Param("lapsed") Instant lapsed,
            @Param("now") Instant now);

    @Query(nativeQuery = true, value = """
                    select * from training_job where state = 'RUNNING' and lease_expires_at < :lapsed
                    order by id limit 100 for update skip locked
                    """)
    List<TrainingJob> abandoned(@Param("lapsed") Instant lapsed);

    @Query(nativeQuery = true, value = """
                    select * from training_job where state = 'QUEUED' and not announced and claimable_from <= :now
                    order by id limit 100 for update skip locked
                    """)
    List<TrainingJob> unannounced(@Param("now") Instant now);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select j from TrainingJob j where j.order.datasetVersionId = :version and j.tenant = :tenant"
            + " and j.state in (QUEUED, RUNNING) order by j.id")
    List<TrainingJob> unfinishedOn(@Param("version") UUID version, @Param("tenant") String tenant);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select j from TrainingJob j where j.sweepId = :sweep and j.tenant = :tenant order by j.id")
    List<TrainingJob> lockTrials(@Param("sweep") UUID sweep, @Param("tenant") String tenant);

    @Query("select j from TrainingJob j where j.sweepId = :sweep and j.tenant = :tenant order by j.id")
    List<TrainingJob> trials(@Param("sweep") UUID sweep, @Param("tenant") String tenant);

    @Query(nativeQuery = true, value = "select nextval('fencing_token')")
    long nextFencingToken();

    /** The tenant's job of that id; throws a problem if there is none. */
    default TrainingJob of(UUID id, String tenant) {
        return findByIdAndTenant(id, tenant).orElseThrow(() -> ProblemException.notFound("training job", id));
    }
}
