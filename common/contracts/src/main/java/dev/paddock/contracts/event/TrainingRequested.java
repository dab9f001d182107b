package dev.paddock.contracts.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job waits in the queue; it wakes workers up and carries no state they need. */
public record TrainingRequested(
        UUID jobId,
        String name,
        String method,
        UUID baseVersionId,
        UUID datasetVersionId,
        String requestedBy,
        @Nullable UUID triggerId)
        implements TrainingEvent {
    @Override
    public String subject() {
        return jobId.toString();
    }
}
