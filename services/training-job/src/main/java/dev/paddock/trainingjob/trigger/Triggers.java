package dev.paddock.trainingjob.trigger;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

/** All triggers. */
interface Triggers extends JpaRepository<RetrainingTrigger, UUID> {
    @Query("select t from RetrainingTrigger t where t.tenant = :tenant and t.id < :before order by t.id desc")
    List<RetrainingTrigger> page(@Param("tenant") String tenant, @Param("before") UUID before, Limit limit);

    Optional<RetrainingTrigger> findByIdAndTenant(UUID id, String tenant);

    /** The triggers of a dataset, locked, so that one firing ends before the next one looks at the cool-down. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select t from RetrainingTrigger t where t.datasetId = :dataset and t.tenant = :tenant order by t.id")
    List<RetrainingTrigger> watching(@Param("dataset") UUID dataset, @Param("tenant") String tenant);
}
