package dev.paddock.contracts.event;

import java.util.UUID;

/** A job was cancelled by its owner. */
public record TrainingCancelled(UUID jobId, String cancelledBy) implements TrainingEvent {
    @Override
    public String subject() {
        return jobId.toString();
    }
}
