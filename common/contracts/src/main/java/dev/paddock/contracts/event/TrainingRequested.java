package dev.paddock.contracts.event;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job waits in the queue; it wakes workers up and carries no state they need.
 *
 * @param sources versions that the method reads beside its base; absent where it reads none
 */
public record TrainingRequested(
        UUID jobId,
        String name,
        String method,
        UUID baseVersionId,
        UUID datasetVersionId,
        String requestedBy,
        @Nullable UUID triggerId,
        @Nullable List<SourceVersion> sources)
        implements TrainingEvent {
    /** A job whose method reads no other versions. */
    public TrainingRequested(
            UUID jobId,
            String name,
            String method,
            UUID baseVersionId,
            UUID datasetVersionId,
            String requestedBy,
            @Nullable UUID triggerId) {
        this(jobId, name, method, baseVersionId, datasetVersionId, requestedBy, triggerId, null);
    }

    @Override
    public String subject() {
        return jobId.toString();
    }
}
