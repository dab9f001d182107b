package dev.paddock.trainingjob.source;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** Dataset versions by id. */
public interface DatasetVersions extends JpaRepository<DatasetVersion, UUID> {
    Optional<DatasetVersion> findByIdAndTenant(UUID id, String tenant);
}
