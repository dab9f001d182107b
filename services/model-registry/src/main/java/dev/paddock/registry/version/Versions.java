package dev.paddock.registry.version;

import dev.paddock.kit.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All versions of all tenants. */
public interface Versions extends Repository<ModelVersion, UUID> {
    ModelVersion save(ModelVersion version);

    Optional<ModelVersion> findByTenantAndId(String tenant, UUID id);

    Optional<ModelVersion> findByTenantAndOriginJobId(String tenant, UUID jobId);

    Optional<ModelVersion> findByTenantAndKindAndNameAndDigest(
            String tenant, VersionKind kind, String name, String digest);

    boolean existsByTenantAndNameAndKindIn(String tenant, String name, Set<VersionKind> kinds);

    @Query("""
            select version from ModelVersion version where version.tenant = :tenant and version.id < :before
            and (:kind is null or version.kind = :kind) and (:state is null or version.state = :state)
            and (:jobId is null or version.origin.jobId = :jobId)
            order by version.id desc""")
    List<ModelVersion> list(
            String tenant,
            UUID before,
            @Nullable VersionKind kind,
            @Nullable VersionState state,
            @Nullable UUID jobId,
            Limit limit);

    /** The version, or the problem that there is none. */
    default ModelVersion require(String tenant, UUID id) {
        return findByTenantAndId(tenant, id).orElseThrow(() -> ProblemException.notFound("version", id));
    }
}
