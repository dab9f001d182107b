package dev.paddock.registry.approval;

import dev.paddock.kit.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All approval requests of all tenants. */
public interface Approvals extends Repository<Approval, UUID> {
    Approval save(Approval approval);

    Optional<Approval> findByTenantAndId(String tenant, UUID id);

    Optional<Approval> findFirstByTenantAndVersionIdAndStateOrderByIdDesc(
            String tenant, UUID versionId, ApprovalState state);

    @Query("""
            select approval from Approval approval where approval.tenant = :tenant and approval.id < :before
            and (:state is null or approval.state = :state)
            and (:versionId is null or approval.versionId = :versionId)
            order by approval.id desc""")
    List<Approval> list(
            String tenant, UUID before, @Nullable ApprovalState state, @Nullable UUID versionId, Limit limit);

    /** The request, or the problem that there is none. */
    default Approval require(String tenant, UUID id) {
        return findByTenantAndId(tenant, id).orElseThrow(() -> ProblemException.notFound("approval", id));
    }
}
