package dev.paddock.contracts.event;

import java.util.UUID;

/** An evaluation of a version began. */
public record EvaluationStarted(UUID evaluationId, UUID versionId) implements EvaluationEvent {
    @Override
    public String subject() {
        return versionId.toString();
    }
}
