package dev.paddock.contracts.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A version (adapter, whole model or guard) is on record with its lineage; a whole model names the base that it was made from. */
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
