package dev.paddock.contracts.event;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A job ended with an adapter or a whole model in the artifact store.
 *
 * @param artifactKind the word of an {@link ArtifactKind}; an adapter where it is absent
 * @param environment what it was computed in; null from a worker that did not tell
 * @param sources versions that the method read beside its base, in the order's order; absent where it read none
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
        @Nullable TrainingEnvironment environment,
        @Nullable List<SourceVersion> sources)
        implements TrainingEvent {
    /** A job whose method read no other versions. */
    public TrainingCompleted(
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
            @Nullable TrainingEnvironment environment) {
        this(
                jobId,
                name,
                artifactDigest,
                baseVersionId,
                baseDigest,
                datasetVersionId,
                datasetDigest,
                method,
                adapter,
                objective,
                parameters,
                seed,
                codeVersion,
                measurements,
                requestedBy,
                artifactKind,
                environment,
                null);
    }

    @Override
    public String subject() {
        return jobId.toString();
    }
}
