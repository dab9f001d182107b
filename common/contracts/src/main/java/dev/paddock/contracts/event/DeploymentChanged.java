package dev.paddock.contracts.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The desired state of one model name changed; workers converge on it. */
public record DeploymentChanged(
        UUID deploymentId, String model, @Nullable UUID versionId, String state, String changedBy)
        implements RegistryEvent {
    @Override
    public String subject() {
        return deploymentId.toString();
    }
}
