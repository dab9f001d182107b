package dev.paddock.trainingjob.job;

import static java.util.Objects.requireNonNull;

import dev.paddock.contracts.event.MergeCompleted;
import dev.paddock.contracts.event.MergeRequested;
import dev.paddock.contracts.event.TrainingCancelled;
import dev.paddock.contracts.event.TrainingCompleted;
import dev.paddock.contracts.event.TrainingEvent;
import dev.paddock.contracts.event.TrainingFailed;
import dev.paddock.contracts.event.TrainingProgressed;
import dev.paddock.contracts.event.TrainingRequested;
import dev.paddock.contracts.lease.Progress;
import dev.paddock.kit.outbox.Outbox;
import org.springframework.stereotype.Component;

/** What others are told of a job, in the transaction that changed it. */
@Component
public class JobEvents {
    private final Outbox outbox;

    JobEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Wakes workers up. */
    public void requested(TrainingJob job) {
        outbox.publish(job.facts().tenant(), request(job.facts()));
    }

    private static TrainingEvent request(JobFacts facts) {
        JobOrder order = facts.order();
        if (!order.merges()) {
            return new TrainingRequested(
                    facts.id(),
                    order.name(),
                    order.method(),
                    order.baseVersionId(),
                    requireNonNull(order.datasetVersionId()),
                    facts.requestedBy(),
                    facts.triggerId(),
                    order.trainedOver());
        }
        return new MergeRequested(
                facts.id(),
                order.name(),
                order.method(),
                order.baseVersionId(),
                order.readVersions(),
                order.datasetVersionId(),
                facts.requestedBy(),
                facts.triggerId());
    }

    public void progressed(TrainingJob job) {
        JobFacts facts = job.facts();
        Progress progress = requireNonNull(facts.progress());
        outbox.publish(
                facts.tenant(),
                new TrainingProgressed(
                        facts.id(),
                        facts.attempt(),
                        progress.step(),
                        progress.steps(),
                        progress.loss(),
                        progress.tokensPerSecond(),
                        progress.etaSeconds()));
    }

    public void completed(TrainingJob job) {
        JobFacts facts = job.facts();
        Outcome outcome = requireNonNull(facts.outcome());
        boolean merged = facts.order().merges();
        outbox.publish(facts.tenant(), merged ? merged(facts, outcome) : trained(facts, outcome));
    }

    private static TrainingCompleted trained(JobFacts facts, Outcome outcome) {
        JobOrder order = facts.order();
        return new TrainingCompleted(
                facts.id(),
                order.name(),
                outcome.artifactDigest(),
                order.baseVersionId(),
                order.baseDigest(),
                requireNonNull(order.datasetVersionId()),
                requireNonNull(order.datasetDigest()),
                order.method(),
                order.adapter(),
                order.objective(),
                order.parameters(),
                order.seed(),
                outcome.codeVersion(),
                outcome.measurements(),
                facts.requestedBy(),
                outcome.artifactKind(),
                outcome.environment(),
                order.trainedOver());
    }

    private static MergeCompleted merged(JobFacts facts, Outcome outcome) {
        JobOrder order = facts.order();
        return new MergeCompleted(
                facts.id(),
                order.name(),
                outcome.artifactDigest(),
                order.baseVersionId(),
                order.baseDigest(),
                order.readVersions(),
                order.datasetVersionId(),
                order.datasetDigest(),
                order.method(),
                order.parameters(),
                order.seed(),
                outcome.codeVersion(),
                outcome.measurements().seconds(),
                facts.requestedBy(),
                outcome.environment());
    }

    public void failed(TrainingJob job) {
        JobFacts facts = job.facts();
        Failure failure = requireNonNull(facts.failure());
        outbox.publish(
                facts.tenant(), new TrainingFailed(facts.id(), facts.attempt(), failure.code(), failure.cause()));
    }

    public void cancelled(TrainingJob job, String by) {
        JobFacts facts = job.facts();
        outbox.publish(facts.tenant(), new TrainingCancelled(facts.id(), by));
    }
}
