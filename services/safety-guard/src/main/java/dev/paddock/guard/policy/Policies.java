package dev.paddock.guard.policy;

import dev.paddock.contracts.event.PolicyPublished;
import dev.paddock.guard.model.Guards;
import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.ids.TimeOrderedIds;
import dev.paddock.kit.outbox.Outbox;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import dev.paddock.kit.problem.ProblemException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The policies of every tenant; a tenant's default policy comes into being when it is first needed. */
@Service
public class Policies {
    private final PolicyVersions versions;
    private final Guards guards;
    private final Outbox outbox;
    private final JdbcClient database;
    private final TimeOrderedIds ids;
    private final Clock clock;

    Policies(
            PolicyVersions versions,
            Guards guards,
            Outbox outbox,
            JdbcClient database,
            TimeOrderedIds ids,
            Clock clock) {
        this.versions = versions;
        this.guards = guards;
        this.outbox = outbox;
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    /** The latest version of a policy; of the default policy for null. */
    @Transactional
    public PolicyVersion current(String tenant, @Nullable UUID policyId) {
        if (policyId != null) {
            return versions.findFirstByTenantAndPolicyIdOrderByVersionDesc(tenant, policyId)
                    .orElseThrow(() -> ProblemException.notFound("policy", policyId));
        }
        return versions.findFirstByTenantAndNameOrderByVersionDesc(tenant, NewPolicy.DEFAULT_NAME)
                .orElseGet(() -> first(tenant));
    }

    public PolicyVersion version(String tenant, UUID policyId, int version) {
        return versions.findByTenantAndPolicyIdAndVersion(tenant, policyId, version)
                .orElseThrow(() -> ProblemException.notFound("version " + version + " of policy", policyId));
    }

    /** The latest versions of all policies. */
    @Transactional
    public Page<PolicyVersion> list(String tenant, PageQuery query) {
        current(tenant, null);
        return Page.of(
                versions.latest(tenant, query.before(), Limit.of(query.limitAndOne())),
                query,
                PolicyVersion::policyId);
    }

    /** The versions of one policy, oldest first. */
    public Page<PolicyVersion> history(String tenant, UUID policyId, PageQuery query) {
        int after = (int) Math.min(Integer.MAX_VALUE, query.afterNumber());
        return Page.of(
                versions.findByTenantAndPolicyIdAndVersionGreaterThanOrderByVersion(
                        tenant, policyId, after, Limit.of(query.limitAndOne())),
                query,
                PolicyVersion::version);
    }

    /** A new policy, or the next version of the one with this name. */
    @Transactional
    public PolicyVersion publish(String tenant, String person, NewPolicy content, @Nullable String ifMatch) {
        if (content.guardVersionId() != null) {
            guards.require(tenant, content.guardVersionId());
        }
        lock(tenant, content.name());
        Optional<PolicyVersion> before = versions.findFirstByTenantAndNameOrderByVersionDesc(tenant, content.name());
        ETags.require(ifMatch, before.map(PolicyVersion::version).orElse(0));
        return publish(tenant, person, content, before);
    }

    private PolicyVersion first(String tenant) {
        lock(tenant, NewPolicy.DEFAULT_NAME);
        return versions.findFirstByTenantAndNameOrderByVersionDesc(tenant, NewPolicy.DEFAULT_NAME)
                .orElseGet(() -> publish(tenant, "safety-guard", NewPolicy.first(), Optional.empty()));
    }

    private PolicyVersion publish(
            String tenant, String person, NewPolicy content, Optional<PolicyVersion> before) {
        UUID policyId = before.map(PolicyVersion::policyId).orElseGet(ids::next);
        int number = before.map(PolicyVersion::version).orElse(0) + 1;
        PolicyVersion published = versions.save(
                new PolicyVersion(ids.next(), tenant, policyId, number, content, person, clock.instant()));
        outbox.publish(
                tenant, new PolicyPublished(policyId, number, content.name(), content.guardVersionId(), person));
        return published;
    }

    private void lock(String tenant, String name) {
        database.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 2))")
                .param("policy " + tenant + " " + name)
                .query((row, number) -> number)
                .list();
    }
}
