package dev.paddock.dataset.version;

import dev.paddock.kit.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/** All versions; every query names the tenant. */
interface DatasetVersions extends JpaRepository<DatasetVersion, UUID> {
    Optional<DatasetVersion> findByTenantAndId(String tenant, UUID id);

    Optional<DatasetVersion> findFirstByTenantAndDatasetIdAndDigestAndState(
            String tenant, UUID datasetId, String digest, String state);

    List<DatasetVersion> findByTenantAndDatasetIdAndStateOrderByNumber(String tenant, UUID datasetId, String state);

    @Query(
            "select coalesce(max(v.number), 0) from DatasetVersion v where v.tenant = :tenant and v.datasetId = :dataset")
    int lastNumber(String tenant, UUID dataset);

    @Query("select v from DatasetVersion v where v.tenant = :tenant and v.datasetId = :dataset and v.id < :before"
            + " order by v.id desc")
    List<DatasetVersion> page(String tenant, UUID dataset, UUID before, Limit limit);

    default DatasetVersion require(String tenant, UUID id) {
        return findByTenantAndId(tenant, id).orElseThrow(() -> ProblemException.notFound("dataset version", id));
    }
}
