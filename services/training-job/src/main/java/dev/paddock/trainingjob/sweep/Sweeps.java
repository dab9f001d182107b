package dev.paddock.trainingjob.sweep;

import dev.paddock.kit.problem.ProblemException;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

/** All sweeps. */
interface Sweeps extends JpaRepository<Sweep, UUID> {
    @Query("select s from Sweep s where s.tenant = :tenant and s.id < :before order by s.id desc")
    List<Sweep> page(@Param("tenant") String tenant, @Param("before") UUID before, Limit limit);

    Optional<Sweep> findByIdAndTenant(UUID id, String tenant);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select s from Sweep s where s.id = :id and s.tenant = :tenant")
    Optional<Sweep> lock(@Param("id") UUID id, @Param("tenant") String tenant);

    @Query("select s.id from Sweep s where s.state = RUNNING order by s.id")
    List<UUID> running();

    /** The sweep if it runs and nobody else is at it, locked. */
    @Query(
            nativeQuery = true,
            value = "select * from sweep where id = :id and state = 'RUNNING' for update skip locked")
    Optional<Sweep> lockRunning(@Param("id") UUID id);

    /** The tenant's sweep of that id; throws a problem if there is none. */
    default Sweep of(UUID id, String tenant) {
        return findByIdAndTenant(id, tenant).orElseThrow(() -> ProblemException.notFound("sweep", id));
    }
}
