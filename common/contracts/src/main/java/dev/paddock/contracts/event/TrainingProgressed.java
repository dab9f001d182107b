package dev.paddock.contracts.event;

import java.util.UUID;

/** Progress of a running attempt, at most a few a minute. */
public record TrainingProgressed(
        UUID jobId, int attempt, int step, int steps, double loss, double tokensPerSecond, long etaSeconds)
        implements TrainingEvent {
    @Override
    public String subject() {
        return jobId.toString();
    }
}
