package dev.paddock.contracts.event;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation ended; only PASS lets a version be approved.
 *
 * @param allSuites whether every suite was asked and answered; false where fewer were ordered or the run came to nothing
 */
public record EvaluationCompleted(
        UUID evaluationId,
        UUID versionId,
        String artifactDigest,
        String verdict,
        List<SuiteScore> scores,
        @Nullable Boolean allSuites)
        implements EvaluationEvent {
    @Override
    public String subject() {
        return versionId.toString();
    }
}
