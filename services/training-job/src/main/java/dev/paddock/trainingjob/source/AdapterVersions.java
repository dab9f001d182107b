package dev.paddock.trainingjob.source;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** Adapters by version id. */
public interface AdapterVersions extends JpaRepository<AdapterVersion, UUID> {
    Optional<AdapterVersion> findByIdAndTenant(UUID id, String tenant);
}
