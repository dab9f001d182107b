package dev.paddock.contracts.registry;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A deployed model as workers and the gateway see it; adapterDigest is null where the version is a whole model, then its own base. */
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
