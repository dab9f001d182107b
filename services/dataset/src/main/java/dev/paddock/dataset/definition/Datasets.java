package dev.paddock.dataset.definition;

import dev.paddock.dataset.DatasetProblem;
import dev.paddock.kit.problem.ProblemException;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/** All datasets, deleted ones included where nothing else is said; every query names the tenant. */
public interface Datasets extends org.springframework.data.jpa.repository.JpaRepository<Dataset, UUID> {
    Optional<Dataset> findByTenantAndId(String tenant, UUID id);

    boolean existsByTenantAndNameAndDeletedAtIsNull(String tenant, String name);

    @Query("select d from Dataset d where d.tenant = :tenant and d.deletedAt is null and d.id < :before"
            + " order by d.id desc")
    List<Dataset> page(String tenant, UUID before, Limit limit);

    /** Keeps the dataset from being deleted or published to until the transaction's end. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select d from Dataset d where d.tenant = :tenant and d.id = :id")
    Optional<Dataset> lock(String tenant, UUID id);

    default Dataset require(String tenant, UUID id) {
        return findByTenantAndId(tenant, id).orElseThrow(() -> ProblemException.notFound("dataset", id));
    }

    /** A dataset that was not deleted. */
    default Dataset requireLive(String tenant, UUID id) {
        return live(require(tenant, id));
    }

    /** A dataset that was not deleted, locked. */
    default Dataset lockLive(String tenant, UUID id) {
        return live(lock(tenant, id).orElseThrow(() -> ProblemException.notFound("dataset", id)));
    }

    private static Dataset live(Dataset dataset) {
        if (dataset.isDeleted()) {
            throw new ProblemException(
                    DatasetProblem.DATASET_DELETED, "dataset " + dataset.id() + " was deleted: make a new one");
        }
        return dataset;
    }
}
