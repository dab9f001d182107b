package dev.paddock.trainingjob.trigger;

import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

/** All firings. */
interface Firings extends JpaRepository<Firing, UUID> {
    boolean existsByTriggerIdAndDatasetVersionId(UUID triggerId, UUID datasetVersionId);

    @Query(
            "select f from Firing f where f.triggerId = :trigger and f.tenant = :tenant and f.id < :before order by f.id desc")
    List<Firing> page(
            @Param("trigger") UUID trigger, @Param("tenant") String tenant, @Param("before") UUID before, Limit limit);
}
