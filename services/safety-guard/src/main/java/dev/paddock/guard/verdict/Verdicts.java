package dev.paddock.guard.verdict;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All verdicts of all tenants. */
interface Verdicts extends Repository<VerdictRecord, UUID> {
    VerdictRecord saveAndFlush(VerdictRecord verdict);

    Optional<VerdictRecord> findByTenantAndId(String tenant, UUID id);

    @Query("""
            select verdict from VerdictRecord verdict where verdict.tenant = :tenant and verdict.id < :before
            and (:safe is null or verdict.safe = :safe) and (:policyId is null or verdict.policyId = :policyId)
            order by verdict.id desc""")
    List<VerdictRecord> list(String tenant, UUID before, @Nullable Boolean safe, @Nullable UUID policyId, Limit limit);
}
