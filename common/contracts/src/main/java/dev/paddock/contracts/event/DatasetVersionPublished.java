package dev.paddock.contracts.event;

import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A dataset version is immutable and its artifact is in the store. */
public record DatasetVersionPublished(
        UUID versionId,
        UUID datasetId,
        String datasetName,
        int number,
        String digest,
        String recipe,
        JsonNode parameters,
        List<UUID> documentIds,
        List<UUID> uploadIds,
        int trainRows,
        int testRows,
        String createdBy)
        implements DatasetEvent {
    @Override
    public String subject() {
        return datasetId.toString();
    }
}
