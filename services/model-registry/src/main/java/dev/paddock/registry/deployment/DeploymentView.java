package dev.paddock.registry.deployment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A deployment as callers see it. */
public record DeploymentView(
        UUID id,
        String model,
        UUID versionId,
        UUID baseVersionId,
        @Nullable UUID policyId,
        DeploymentState state,
        @Nullable UUID previousId,
        String deployedBy,
        Instant deployedAt,
        @Nullable String endedBy,
        @Nullable Instant endedAt) {

    static DeploymentView of(Deployment deployment) {
        return new DeploymentView(
                deployment.id(),
                deployment.model(),
                deployment.versionId(),
                deployment.baseVersionId(),
                deployment.policyId(),
                deployment.state(),
                deployment.previousId(),
                deployment.deployedBy(),
                deployment.deployedAt(),
                deployment.endedBy(),
                deployment.endedAt());
    }
}
