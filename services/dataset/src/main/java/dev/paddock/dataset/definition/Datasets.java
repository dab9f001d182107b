package dev.paddock.dataset.definition;

import dev.paddock.kit.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;

/** All datasets; every query names the tenant. */
public interface Datasets extends org.springframework.data.jpa.repository.JpaRepository<Dataset, UUID> {
    Optional<Dataset> findByTenantAndId(String tenant, UUID id);

    boolean existsByTenantAndName(String tenant, String name);

    @Query("select d from Dataset d where d.tenant = :tenant and d.id < :before order by d.id desc")
    List<Dataset> page(String tenant, UUID before, Limit limit);

    default Dataset require(String tenant, UUID id) {
        return findByTenantAndId(tenant, id).orElseThrow(() -> ProblemException.notFound("dataset", id));
    }
}
