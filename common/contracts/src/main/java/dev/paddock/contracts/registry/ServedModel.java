package dev.paddock.contracts.registry;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A deployed model as workers and the gateway see it; base is null only where the model itself is a base. */
public record ServedModel(
        String model,
        UUID versionId,
        String kind,
        String digest,
        UUID baseVersionId,
        String baseName,
        String baseDigest,
        @Nullable String adapterDigest,
        @Nullable UUID policyId,
        Instant deployedAt,
        String tenant) {}
