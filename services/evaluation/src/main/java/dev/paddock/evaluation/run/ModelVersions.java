package dev.paddock.evaluation.run;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** Registered versions. */
interface ModelVersions extends JpaRepository<ModelVersion, UUID> {
    Optional<ModelVersion> findByIdAndTenant(UUID id, String tenant);
}
