package dev.paddock.contracts.lease;

import dev.paddock.contracts.event.SourceVersion;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What to train or compute: a method with its two presets resolved, validated parameters, base, data and sources by digest.
 *
 * @param datasetVersionId the rows; absent only where the method needs none
 * @param sources versions that a merging method reads; none for training
 */
public record TrainingOrder(
        String name,
        String method,
        String adapter,
        String objective,
        JsonNode parameters,
        long seed,
        UUID baseVersionId,
        String baseDigest,
        @Nullable UUID datasetVersionId,
        @Nullable String datasetDigest,
        @Nullable List<SourceVersion> sources) {
    /** An order to train on rows. */
    public TrainingOrder(
            String name,
            String method,
            String adapter,
            String objective,
            JsonNode parameters,
            long seed,
            UUID baseVersionId,
            String baseDigest,
            UUID datasetVersionId,
            String datasetDigest) {
        this(
                name,
                method,
                adapter,
                objective,
                parameters,
                seed,
                baseVersionId,
                baseDigest,
                datasetVersionId,
                datasetDigest,
                null);
    }
}
