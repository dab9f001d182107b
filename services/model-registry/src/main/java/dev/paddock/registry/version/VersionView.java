package dev.paddock.registry.version;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A version as callers see it. */
public record VersionView(
        UUID id,
        VersionKind kind,
        String name,
        String digest,
        VersionState state,
        @Nullable UUID baseVersionId,
        @Nullable String baseDigest,
        @Nullable UUID jobId,
        @Nullable UUID datasetVersionId,
        @Nullable String datasetDigest,
        @Nullable UUID evaluationId,
        @Nullable Gate gate,
        @Nullable String format,
        @Nullable String source,
        @Nullable String licence,
        String createdBy,
        Instant createdAt) {

    public static VersionView of(ModelVersion version) {
        Origin origin = version.origin();
        return new VersionView(
                version.id(),
                version.kind(),
                version.name(),
                version.digest(),
                version.state(),
                origin.baseVersionId(),
                origin.baseDigest(),
                origin.jobId(),
                origin.datasetVersionId(),
                origin.datasetDigest(),
                version.evaluationId(),
                version.gate(),
                origin.format(),
                origin.source(),
                origin.licence(),
                version.createdBy(),
                version.createdAt());
    }
}
