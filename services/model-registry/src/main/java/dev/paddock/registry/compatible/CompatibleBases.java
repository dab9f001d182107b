package dev.paddock.registry.compatible;

import dev.paddock.kit.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All compatible-base records of all tenants. */
public interface CompatibleBases extends Repository<CompatibleBase, UUID> {
    CompatibleBase save(CompatibleBase record);

    Optional<CompatibleBase> findByTenantAndId(String tenant, UUID id);

    boolean existsByTenantAndTrainedOnDigestAndBaseVersionIdAndState(
            String tenant, String trainedOnDigest, UUID baseVersionId, CompatibleState state);

    boolean existsByTenantAndTrainedOnDigestAndBaseVersionIdAndStateNot(
            String tenant, String trainedOnDigest, UUID baseVersionId, CompatibleState state);

    @Query("select record from CompatibleBase record where record.tenant = :tenant and record.id < :before"
            + " order by record.id desc")
    List<CompatibleBase> list(String tenant, UUID before, Limit limit);

    /** The record, or the problem that there is none. */
    default CompatibleBase require(String tenant, UUID id) {
        return findByTenantAndId(tenant, id).orElseThrow(() -> ProblemException.notFound("compatible base", id));
    }

    /** Whether an approved record lets adapters of that digest serve on that base. */
    default boolean allows(String tenant, String trainedOnDigest, UUID baseVersionId) {
        return existsByTenantAndTrainedOnDigestAndBaseVersionIdAndState(
                tenant, trainedOnDigest, baseVersionId, CompatibleState.APPROVED);
    }
}
