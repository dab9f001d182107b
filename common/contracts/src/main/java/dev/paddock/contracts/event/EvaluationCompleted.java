package dev.paddock.contracts.event;

import java.util.List;
import java.util.UUID;

/** An evaluation ended; only PASS lets a version be approved. */
public record EvaluationCompleted(
        UUID evaluationId, UUID versionId, String artifactDigest, String verdict, List<SuiteScore> scores)
        implements EvaluationEvent {
    @Override
    public String subject() {
        return versionId.toString();
    }
}
