package dev.paddock.contracts.event;

import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A job ended with an adapter in the artifact store. */
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
        String requestedBy)
        implements TrainingEvent {
    @Override
    public String subject() {
        return jobId.toString();
    }
}
