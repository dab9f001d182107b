package dev.paddock.contracts.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A version (adapter or guard) is a candidate with its lineage. */
public record VersionRegistered(
        UUID versionId,
        String kind,
        String name,
        String digest,
        UUID baseVersionId,
        String baseDigest,
        @Nullable UUID jobId,
        @Nullable UUID datasetVersionId,
        @Nullable String datasetDigest)
        implements RegistryEvent {
    @Override
    public String subject() {
        return versionId.toString();
    }
}
