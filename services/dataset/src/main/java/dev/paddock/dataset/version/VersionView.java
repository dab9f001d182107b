package dev.paddock.dataset.version;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A version as the API shows it. */
record VersionView(
        UUID id,
        UUID datasetId,
        int number,
        String digest,
        String recipe,
        JsonNode parameters,
        List<UUID> documents,
        List<UUID> uploads,
        TestSplit test,
        Counts counts,
        Map<String, Integer> reasons,
        String state,
        String createdBy,
        Instant createdAt) {}
