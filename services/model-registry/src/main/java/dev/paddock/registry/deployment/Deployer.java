package dev.paddock.registry.deployment;

import static dev.paddock.registry.RegistryProblem.NOTHING_TO_ROLL_BACK;
import static dev.paddock.registry.RegistryProblem.NOT_LIVE;

import dev.paddock.contracts.event.DeploymentChanged;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.ids.TimeOrderedIds;
import dev.paddock.kit.outbox.Outbox;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.registry.Locks;
import dev.paddock.registry.version.ModelVersion;
import dev.paddock.registry.version.VersionKind;
import dev.paddock.registry.version.Versions;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes which version serves under a model name; one change of a name at a time. */
@Service
public class Deployer {
    private final Deployments deployments;
    private final Versions versions;
    private final DeploymentRules rules;
    private final DeploymentDuties duties;
    private final DeploymentLineage lineage;
    private final Outbox outbox;
    private final Locks locks;
    private final TimeOrderedIds ids;
    private final Clock clock;

    Deployer(
            Deployments deployments,
            Versions versions,
            DeploymentRules rules,
            DeploymentDuties duties,
            DeploymentLineage lineage,
            Outbox outbox,
            Locks locks,
            TimeOrderedIds ids,
            Clock clock) {
        this.deployments = deployments;
        this.versions = versions;
        this.rules = rules;
        this.duties = duties;
        this.lineage = lineage;
        this.outbox = outbox;
        this.locks = locks;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Deploys a version under a name; what served there before is superseded and can be rolled back to. The name keeps its
     * policy unless another one is ordered.
     */
    @Transactional
    public Deployment deploy(Caller caller, DeploymentOrder order) {
        String tenant = caller.tenant();
        ModelVersion version = versions.require(tenant, order.versionId());
        rules.requireDeployable(version);
        rules.requireName(version, order.model());
        locks.take("model", tenant, order.model());
        UUID policy = policy(tenant, order.model());
        UUID ordered = order.policyId() == null ? policy : order.policyId();
        UUID base = rules.base(version, order.baseVersionId());
        duties.requirePolicyChange(caller, policy, ordered);
        duties.requireChange(caller, version, serves(tenant, order.model(), version, base));
        return replace(tenant, caller.subject(), new Placement(order.model(), version.id(), base, ordered));
    }

    /**
     * Deploys what was imported a moment ago, every byte read, under its own name, which keeps its policy. Where a guard serves
     * on the base's bytes already, another one is safety's to deploy and only stays on record.
     */
    @Transactional
    public void deployImport(ModelVersion version) {
        String tenant = version.tenant();
        UUID base = version.ownBaseVersionId();
        locks.take("model", tenant, version.name());
        if (version.kind() == VersionKind.GUARD
                && isGuarded(tenant, versions.require(tenant, base).digest())) {
            return;
        }
        UUID policy = policy(tenant, version.name());
        replace(tenant, version.createdBy(), new Placement(version.name(), version.id(), base, policy));
    }

    private boolean isGuarded(String tenant, String baseDigest) {
        locks.take("guards", tenant, baseDigest);
        return !deployments.liveGuards(tenant, baseDigest).isEmpty();
    }

    private @Nullable UUID policy(String tenant, String model) {
        return deployments
                .findFirstByTenantAndModelOrderByIdDesc(tenant, model)
                .map(Deployment::policyId)
                .orElse(null);
    }

    private boolean serves(String tenant, String model, ModelVersion version, UUID base) {
        return deployments
                .live(tenant, model)
                .filter(live -> live.versionId().equals(version.id())
                        && live.baseVersionId().equals(base))
                .isPresent();
    }

    private Deployment replace(String tenant, String person, Placement placement) {
        Optional<Deployment> served = deployments.live(tenant, placement.model());
        served.ifPresent(before -> end(before, person, Deployment::markSuperseded));
        return start(tenant, person, placement, served.map(Deployment::id).orElse(null));
    }

    /** Ends a live deployment and starts again what served before it. */
    @Transactional
    public Deployment rollBack(Caller caller, UUID id) {
        String tenant = caller.tenant();
        Deployment current = requireLive(tenant, id);
        if (current.previousId() == null) {
            throw new ProblemException(
                    NOTHING_TO_ROLL_BACK,
                    "deployment %s is the first of model %s: undeploy it instead".formatted(id, current.model()));
        }
        Deployment target = deployments.require(tenant, current.previousId());
        ModelVersion version = versions.require(tenant, target.versionId());
        rules.requireDeployable(version);
        rules.base(version, target.baseVersionId());
        duties.requireChange(caller, version, current.sameModel(target));
        duties.requirePolicyChange(caller, current.policyId(), target.policyId());
        end(current, caller.subject(), Deployment::markRolledBack);
        return start(tenant, caller.subject(), target.placement(), target.previousId());
    }

    /** Nothing serves under the name any more. */
    @Transactional
    public Deployment undeploy(Caller caller, UUID id) {
        Deployment current = requireLive(caller.tenant(), id);
        duties.requireChange(caller, versions.require(caller.tenant(), current.versionId()), false);
        end(current, caller.subject(), Deployment::markUndeployed);
        tell(current, null, caller.subject());
        return current;
    }

    /** Whether something that a job made serves under the name now. */
    public boolean servesMade(String tenant, String model) {
        return deployments
                .live(tenant, model)
                .map(live -> versions.require(tenant, live.versionId()).kind().made())
                .orElse(false);
    }

    private Deployment requireLive(String tenant, UUID id) {
        Deployment found = deployments.require(tenant, id);
        locks.take("model", tenant, found.model());
        return deployments
                .live(tenant, found.model())
                .filter(live -> live.id().equals(id))
                .orElseThrow(() -> new ProblemException(
                        NOT_LIVE,
                        "deployment %s of model %s is %s: name the one that is LIVE"
                                .formatted(id, found.model(), found.state())));
    }

    private Deployment start(String tenant, String person, Placement placement, @Nullable UUID previousId) {
        Deployment started =
                deployments.save(new Deployment(ids.next(), tenant, placement, previousId, person, clock.instant()));
        lineage.draw(started);
        tell(started, started.versionId(), person);
        return started;
    }

    private void end(Deployment deployment, String person, Ending ending) {
        ending.apply(deployment, person, clock.instant());
        deployments.saveAndFlush(deployment);
    }

    private void tell(Deployment deployment, @Nullable UUID versionId, String person) {
        outbox.publish(
                deployment.tenant(),
                new DeploymentChanged(
                        deployment.id(),
                        deployment.model(),
                        versionId,
                        deployment.state().name(),
                        person));
    }

    private interface Ending {
        void apply(Deployment deployment, String person, Instant now);
    }
}
