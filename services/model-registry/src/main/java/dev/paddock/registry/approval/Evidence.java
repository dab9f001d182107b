package dev.paddock.registry.approval;

import java.util.UUID;

/** What an approval is bound to: exactly these bytes and the evaluation that they passed. */
public record Evidence(UUID versionId, String artifactDigest, UUID evaluationId) {}
