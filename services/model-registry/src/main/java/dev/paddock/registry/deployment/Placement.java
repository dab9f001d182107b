package dev.paddock.registry.deployment;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which version answers to a model name, on which base and under which guard policy (null: the tenant's default). */
public record Placement(
        String model,
        UUID versionId,
        UUID baseVersionId,
        @Nullable UUID policyId) {}
