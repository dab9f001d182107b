package dev.paddock.contracts.event;

import java.util.UUID;

/** A dataset version was deleted; a job that still needs it must fail with that cause. */
public record DatasetVersionDeleted(UUID versionId, UUID datasetId, String deletedBy) implements DatasetEvent {
    @Override
    public String subject() {
        return datasetId.toString();
    }
}
