package dev.paddock.registry.deployment;

/** Whether a deployment serves, or how it ended. */
public enum DeploymentState {
    LIVE,
    SUPERSEDED,
    ROLLED_BACK,
    UNDEPLOYED
}
