package dev.paddock.contracts.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A job ended with an adapter or a whole model in the artifact store.
 *
 * @param artifactKind the word of an {@link ArtifactKind}; an adapter where it is absent
 * @param environment what it was computed in; null from a worker that did not tell
 */
public record TrainingCompleted(
        UUID jobId,
        String name,
        String artifactDigest,
        UUID baseVersionId,
        String baseDigest,
        UUID datasetVersionId,
        String datasetDigest,
        String method,
        String adapter,
        String objective,
        JsonNode parameters,
        long seed,
        String codeVersion,
        TrainingMeasurements measurements,
        String requestedBy,
        @Nullable String artifactKind,
        @Nullable TrainingEnvironment environment)
        implements TrainingEvent {
    @Override
    public String subject() {
        return jobId.toString();
    }
}
