package dev.paddock.contracts.event;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job that computes a model from other versions waits in the queue; it wakes workers up and carries no state they need.
 *
 * @param baseVersionId the version that the result is compared with
 * @param datasetVersionId what evaluation is to ask about, where the order named it
 */
public record MergeRequested(
        UUID jobId,
        String name,
        String method,
        UUID baseVersionId,
        List<SourceVersion> sources,
        @Nullable UUID datasetVersionId,
        String requestedBy,
        @Nullable UUID triggerId)
        implements TrainingEvent {
    @Override
    public String subject() {
        return jobId.toString();
    }
}
