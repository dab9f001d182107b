package dev.paddock.guard.policy;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All versions of all policies. */
interface PolicyVersions extends Repository<PolicyVersion, UUID> {
    PolicyVersion save(PolicyVersion version);

    Optional<PolicyVersion> findFirstByTenantAndNameOrderByVersionDesc(String tenant, String name);

    Optional<PolicyVersion> findFirstByTenantAndPolicyIdOrderByVersionDesc(String tenant, UUID policyId);

    Optional<PolicyVersion> findByTenantAndPolicyIdAndVersion(String tenant, UUID policyId, int version);

    @Query("""
            select policy from PolicyVersion policy where policy.tenant = :tenant and policy.policyId < :before
            and policy.version = (select max(other.version) from PolicyVersion other
                                  where other.policyId = policy.policyId and other.tenant = :tenant)
            order by policy.policyId desc""")
    List<PolicyVersion> latest(String tenant, UUID before, Limit limit);

    List<PolicyVersion> findByTenantAndPolicyIdAndVersionGreaterThanOrderByVersion(
            String tenant, UUID policyId, int version, Limit limit);
}
