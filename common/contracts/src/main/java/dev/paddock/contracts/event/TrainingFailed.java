package dev.paddock.contracts.event;

import java.util.UUID;

/** A job ended without a result. */
public record TrainingFailed(UUID jobId, int attempt, String code, String cause) implements TrainingEvent {
    @Override
    public String subject() {
        return jobId.toString();
    }
}
