package dev.paddock.trainingjob.source;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

/** Dataset versions by id. */
public interface DatasetVersions extends JpaRepository<DatasetVersion, UUID> {
    Optional<DatasetVersion> findByIdAndTenant(UUID id, String tenant);

    /** Whether the version is deleted; until the transaction ends, nobody deletes it. */
    @Query(
            nativeQuery = true,
            value = "select deleted from dataset_version where id = :id and tenant = :tenant for share")
    Optional<Boolean> deletedForShare(@Param("id") UUID id, @Param("tenant") String tenant);

    /** Locks the version for its deletion; orders that were about to use it come first or see the deletion. */
    @Query(nativeQuery = true, value = "select id from dataset_version where id = :id and tenant = :tenant for update")
    Optional<UUID> lock(@Param("id") UUID id, @Param("tenant") String tenant);
}
