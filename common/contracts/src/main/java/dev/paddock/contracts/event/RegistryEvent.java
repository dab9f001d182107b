package dev.paddock.contracts.event;

/** Told by model-registry on topic {@code paddock.registry}. */
public sealed interface RegistryEvent extends Event
        permits BaseImported,
                VersionRegistered,
                ApprovalRequested,
                VersionApproved,
                VersionRejected,
                DeploymentChanged {
    String TOPIC = "paddock.registry";

    @Override
    default String topic() {
        return TOPIC;
    }
}
