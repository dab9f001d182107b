package dev.paddock.evaluation.run;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/** Evaluations of all tenants. */
interface Evaluations extends JpaRepository<Evaluation, UUID> {
    Optional<Evaluation> findByIdAndTenant(UUID id, String tenant);

    boolean existsByTenantAndVersionIdAndArtifactDigest(String tenant, UUID versionId, String artifactDigest);

    @Query("select e from Evaluation e where e.tenant = :tenant and e.id < :before"
            + " and (:versionId is null or e.versionId = :versionId) order by e.id desc limit :limit")
    List<Evaluation> page(String tenant, UUID before, @Nullable UUID versionId, int limit);

    /** The evaluation, for this transaction alone. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select e from Evaluation e where e.id = :id")
    Optional<Evaluation> lock(UUID id);

    /** The oldest one that waits, or whose runner is gone, locked for this transaction; others pass it over. */
    @Query(
            value =
                    "SELECT * FROM evaluation WHERE (state = 'QUEUED' AND (claimed_until IS NULL OR claimed_until < :now))"
                            + " OR (state = 'RUNNING' AND claimed_until < :now) ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED",
            nativeQuery = true)
    Optional<Evaluation> nextWaiting(Instant now);
}
