package dev.paddock.dataset.upload;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All uploads; every query names the tenant. */
public interface Uploads extends Repository<Upload, UUID> {
    Upload save(Upload upload);

    Optional<Upload> findByTenantAndDatasetIdAndId(String tenant, UUID datasetId, UUID id);

    Optional<Upload> findByTenantAndDatasetIdAndRowsDigest(String tenant, UUID datasetId, String rowsDigest);

    List<Upload> findByTenantAndDatasetId(String tenant, UUID datasetId);

    void deleteAll(Iterable<Upload> uploads);

    @Query("select u from Upload u where u.tenant = :tenant and u.datasetId = :dataset and u.id < :before"
            + " order by u.id desc")
    List<Upload> page(String tenant, UUID dataset, UUID before, Limit limit);
}
