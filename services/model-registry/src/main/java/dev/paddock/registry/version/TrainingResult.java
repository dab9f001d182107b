package dev.paddock.registry.version;

import dev.paddock.contracts.event.ArtifactKind;
import dev.paddock.contracts.event.TrainingCompleted;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import org.springframework.stereotype.Component;

/** A finished job's adapter or model becomes a candidate, once for each job. */
@Component
class TrainingResult implements EventConsumer<TrainingCompleted> {
    private final Candidates candidates;

    TrainingResult(Candidates candidates) {
        this.candidates = candidates;
    }

    @Override
    public Class<TrainingCompleted> type() {
        return TrainingCompleted.class;
    }

    @Override
    public void on(TrainingCompleted event, EventContext context) {
        VersionKind kind =
                VersionKind.valueOf(ArtifactKind.of(event.artifactKind()).name());
        Origin origin = Origin.made(
                kind,
                event.baseVersionId(),
                event.baseDigest(),
                event.jobId(),
                event.datasetVersionId(),
                event.datasetDigest());
        candidates.add(
                context.tenant(),
                new NewVersion(kind, event.name(), event.artifactDigest(), origin, event.requestedBy()));
    }
}
