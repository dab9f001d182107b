package dev.paddock.registry.version;

import dev.paddock.contracts.event.MergeCompleted;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import org.springframework.stereotype.Component;

/** A model that was computed from other versions becomes a candidate, once for each job. */
@Component
class MergeResult implements EventConsumer<MergeCompleted> {
    private final Candidates candidates;

    MergeResult(Candidates candidates) {
        this.candidates = candidates;
    }

    @Override
    public Class<MergeCompleted> type() {
        return MergeCompleted.class;
    }

    @Override
    public void on(MergeCompleted event, EventContext context) {
        Origin origin = Origin.made(
                VersionKind.MODEL,
                event.baseVersionId(),
                event.baseDigest(),
                event.jobId(),
                event.datasetVersionId(),
                event.datasetDigest());
        candidates.add(
                context.tenant(),
                new NewVersion(VersionKind.MODEL, event.name(), event.artifactDigest(), origin, event.requestedBy()));
    }
}
