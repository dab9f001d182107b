package dev.paddock.trainingjob.job;

import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.ids.TimeOrderedIds;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.trainingjob.TrainingJobProperties;
import dev.paddock.trainingjob.source.DatasetVersions;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Where jobs are placed and cancelled. */
@Service
public class JobDesk {
    private final TrainingJobs jobs;
    private final DatasetVersions datasets;
    private final JobEvents events;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final int maxAttempts;

    JobDesk(
            TrainingJobs jobs,
            DatasetVersions datasets,
            JobEvents events,
            TimeOrderedIds ids,
            Clock clock,
            TrainingJobProperties properties) {
        this.jobs = jobs;
        this.datasets = datasets;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
        this.maxAttempts = properties.maxAttempts();
    }

    /** Puts a checked order into the queue. */
    @Transactional(noRollbackFor = ProblemException.class)
    public TrainingJob place(TrainingOrder order, Ownership owner) {
        UUID rows = order.datasetVersionId();
        if (rows != null && datasets.deletedForShare(rows, owner.tenant()).orElse(true)) {
            throw ProblemException.invalid("datasetVersionId", rows, "was deleted: publish a new one");
        }
        TrainingJob job =
                jobs.save(new TrainingJob(ids.next(), owner, JobOrder.of(order), maxAttempts, clock.instant()));
        events.requested(job);
        return job;
    }

    /** Cancels a job; doing it again changes nothing. A worker learns it when it next renews. */
    @Transactional
    public TrainingJob cancel(UUID id, Caller caller, @Nullable String ifMatch) {
        TrainingJob job =
                jobs.lock(id, caller.tenant()).orElseThrow(() -> ProblemException.notFound("training job", id));
        ETags.require(ifMatch, job.facts().version());
        if (job.cancel(clock.instant())) {
            events.cancelled(job, caller.subject());
            jobs.flush();
        }
        return job;
    }
}
