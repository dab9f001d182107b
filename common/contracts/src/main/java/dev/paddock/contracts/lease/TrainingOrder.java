package dev.paddock.contracts.lease;

import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What to train: a method with its two presets resolved, validated parameters, base and data by digest. */
public record TrainingOrder(
        String name,
        String method,
        String adapter,
        String objective,
        JsonNode parameters,
        long seed,
        UUID baseVersionId,
        String baseDigest,
        UUID datasetVersionId,
        String datasetDigest) {}
