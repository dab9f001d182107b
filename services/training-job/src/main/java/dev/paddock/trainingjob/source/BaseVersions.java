package dev.paddock.trainingjob.source;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** Base models by version id. */
public interface BaseVersions extends JpaRepository<BaseVersion, UUID> {
    Optional<BaseVersion> findByIdAndTenant(UUID id, String tenant);
}
