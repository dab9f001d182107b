package dev.paddock.registry.deployment;

import dev.paddock.kit.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All deployments of all tenants, live and past. */
public interface Deployments extends Repository<Deployment, UUID> {
    Deployment save(Deployment deployment);

    Deployment saveAndFlush(Deployment deployment);

    Optional<Deployment> findByTenantAndId(String tenant, UUID id);

    Optional<Deployment> findByTenantAndModelAndState(String tenant, String model, DeploymentState state);

    Optional<Deployment> findFirstByTenantAndModelOrderByIdDesc(String tenant, String model);

    Optional<Deployment> findFirstByTenantAndModelAndVersionIdAndDeployedAtLessThanEqualOrderByIdDesc(
            String tenant, String model, UUID versionId, Instant at);

    @Query("""
            select deployment from Deployment deployment where deployment.tenant = :tenant and deployment.id < :before
            and (:model is null or deployment.model = :model) and (:state is null or deployment.state = :state)
            order by deployment.id desc""")
    List<Deployment> list(
            String tenant, UUID before, @Nullable String model, @Nullable DeploymentState state, Limit limit);

    /** Guards that serve on a base of these bytes. */
    @Query("""
            select deployment from Deployment deployment, ModelVersion guard, ModelVersion base
            where deployment.tenant = :tenant and deployment.state = LIVE
            and guard.id = deployment.versionId and guard.kind = GUARD
            and base.id = deployment.baseVersionId and base.digest = :baseDigest""")
    List<Deployment> liveGuards(String tenant, String baseDigest);

    /** The deployment, or the problem that there is none. */
    default Deployment require(String tenant, UUID id) {
        return findByTenantAndId(tenant, id).orElseThrow(() -> ProblemException.notFound("deployment", id));
    }

    /** What serves under a model name now. */
    default Optional<Deployment> live(String tenant, String model) {
        return findByTenantAndModelAndState(tenant, model, DeploymentState.LIVE);
    }
}
