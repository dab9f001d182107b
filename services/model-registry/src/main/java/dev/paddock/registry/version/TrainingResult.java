package dev.paddock.registry.version;

import dev.paddock.contracts.event.TrainingCompleted;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.registry.RegistryProblem;
import org.springframework.stereotype.Component;

/** A finished job's adapter becomes a candidate, once for each job. */
@Component
class TrainingResult implements EventConsumer<TrainingCompleted> {
    private final Versions versions;
    private final VersionRegister register;

    TrainingResult(Versions versions, VersionRegister register) {
        this.versions = versions;
        this.register = register;
    }

    @Override
    public Class<TrainingCompleted> type() {
        return TrainingCompleted.class;
    }

    @Override
    public void on(TrainingCompleted event, EventContext context) {
        requireBase(event, context.tenant());
        if (versions.findByTenantAndOriginJobId(context.tenant(), event.jobId()).isEmpty()) {
            Origin origin = Origin.trained(
                    event.baseVersionId(),
                    event.baseDigest(),
                    event.jobId(),
                    event.datasetVersionId(),
                    event.datasetDigest());
            register.register(
                    context.tenant(),
                    new NewVersion(
                            VersionKind.ADAPTER, event.name(), event.artifactDigest(), origin, event.requestedBy()));
        }
    }

    private void requireBase(TrainingCompleted event, String tenant) {
        ModelVersion base = versions.require(tenant, event.baseVersionId());
        if (base.kind() != VersionKind.BASE || !base.digest().equals(event.baseDigest())) {
            throw new ProblemException(
                    RegistryProblem.INCOMPATIBLE_BASE,
                    "job %s names base version %s with digest %s, which is a %s with digest %s"
                            .formatted(event.jobId(), base.id(), event.baseDigest(), base.kind(), base.digest()));
        }
    }
}
