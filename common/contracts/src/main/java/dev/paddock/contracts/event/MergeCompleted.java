package dev.paddock.contracts.event;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A job ended with a whole model that was computed from other versions.
 *
 * @param sources what it was computed from, in the order's order
 * @param datasetVersionId what evaluation is to ask about, where the order named it
 * @param seconds wall time
 * @param environment what it was computed in; null from a worker that did not tell
 */
public record MergeCompleted(
        UUID jobId,
        String name,
        String artifactDigest,
        UUID baseVersionId,
        String baseDigest,
        List<SourceVersion> sources,
        @Nullable UUID datasetVersionId,
        @Nullable String datasetDigest,
        String method,
        JsonNode parameters,
        long seed,
        String codeVersion,
        double seconds,
        String requestedBy,
        @Nullable TrainingEnvironment environment)
        implements TrainingEvent {
    @Override
    public String subject() {
        return jobId.toString();
    }
}
