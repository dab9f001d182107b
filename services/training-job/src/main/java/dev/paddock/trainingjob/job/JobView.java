package dev.paddock.trainingjob.job;

import dev.paddock.contracts.event.ArtifactKind;
import dev.paddock.contracts.event.SourceVersion;
import dev.paddock.contracts.event.TrainingEnvironment;
import dev.paddock.contracts.event.TrainingMeasurements;
import dev.paddock.contracts.lease.Progress;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A job as its readers see it; {@code versionDigest} is the result's folder in the artifact store. */
public record JobView(
        UUID id,
        String name,
        JobState state,
        String method,
        String adapter,
        String objective,
        ObjectNode params,
        long seed,
        UUID baseVersionId,
        String baseDigest,
        @Nullable UUID datasetVersionId,
        @Nullable String datasetDigest,
        List<SourceVersion> sources,
        String requestedBy,
        @Nullable UUID triggerId,
        @Nullable UUID sweepId,
        int attempt,
        int maxAttempts,
        @Nullable String workerId,
        @Nullable Progress progress,
        @Nullable Checkpoint checkpoint,
        @Nullable String versionDigest,
        @Nullable String artifactKind,
        @Nullable String codeVersion,
        @Nullable TrainingEnvironment environment,
        @Nullable TrainingMeasurements measurements,
        @Nullable Failure error,
        Instant createdAt,
        @Nullable Instant finishedAt) {
    static JobView of(TrainingJob job) {
        JobFacts facts = job.facts();
        JobOrder order = facts.order();
        Outcome outcome = facts.outcome();
        Hold hold = facts.hold();
        return new JobView(
                facts.id(),
                order.name(),
                facts.state(),
                order.method(),
                order.adapter(),
                order.objective(),
                order.parameters(),
                order.seed(),
                order.baseVersionId(),
                order.baseDigest(),
                order.datasetVersionId(),
                order.datasetDigest(),
                order.readVersions(),
                facts.requestedBy(),
                facts.triggerId(),
                facts.sweepId(),
                facts.attempt(),
                facts.maxAttempts(),
                hold == null ? null : hold.workerId(),
                facts.progress(),
                facts.checkpoint(),
                outcome == null ? null : outcome.artifactDigest(),
                outcome == null ? null : ArtifactKind.of(outcome.artifactKind()).word(),
                outcome == null ? null : outcome.codeVersion(),
                outcome == null ? null : outcome.environment(),
                outcome == null ? null : outcome.measurements(),
                facts.failure(),
                facts.createdAt(),
                facts.finishedAt());
    }
}
