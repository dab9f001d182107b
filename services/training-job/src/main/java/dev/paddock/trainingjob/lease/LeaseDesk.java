package dev.paddock.trainingjob.lease;

import dev.paddock.contracts.lease.CheckpointReference;
import dev.paddock.contracts.lease.Lease;
import dev.paddock.contracts.lease.LeaseRequest;
import dev.paddock.trainingjob.TrainingJobProperties;
import dev.paddock.trainingjob.job.Checkpoint;
import dev.paddock.trainingjob.job.Hold;
import dev.paddock.trainingjob.job.JobFacts;
import dev.paddock.trainingjob.job.Journal;
import dev.paddock.trainingjob.job.TrainingJob;
import dev.paddock.trainingjob.job.TrainingJobs;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Hands jobs out. */
@Service
class LeaseDesk {
    private final TrainingJobs jobs;
    private final Journal journal;
    private final LeaseGrace grace;
    private final Clock clock;
    private final TrainingJobProperties properties;

    LeaseDesk(TrainingJobs jobs, Journal journal, LeaseGrace grace, Clock clock, TrainingJobProperties properties) {
        this.jobs = jobs;
        this.journal = journal;
        this.grace = grace;
        this.clock = clock;
        this.properties = properties;
    }

    /** The oldest job that the worker can run, with the last checkpoint of an earlier attempt; empty if none waits. */
    @Transactional
    Optional<Lease> claim(LeaseRequest request) {
        Instant now = clock.instant();
        return jobs.next(request.methods(), request.workerId(), grace.lapsedBefore(now), now)
                .map(job -> start(job, request.workerId(), now));
    }

    private Lease start(TrainingJob job, String workerId, Instant now) {
        Hold hold = new Hold(workerId, jobs.nextFencingToken(), now.plus(properties.leaseDuration()));
        job.claim(hold, now);
        JobFacts facts = job.facts();
        journal.log(facts, List.of("attempt %d started by %s%s".formatted(facts.attempt(), workerId, from(facts))));
        return new Lease(
                facts.id(),
                facts.tenant(),
                facts.attempt(),
                hold.fencingToken(),
                hold.expiresAt(),
                facts.order().contract(),
                facts.createdAt(),
                reference(facts.checkpoint()));
    }

    private static String from(JobFacts facts) {
        Checkpoint checkpoint = facts.checkpoint();
        return checkpoint == null ? "" : ", from the checkpoint of step " + checkpoint.step();
    }

    private static @Nullable CheckpointReference reference(@Nullable Checkpoint checkpoint) {
        return checkpoint == null ? null : new CheckpointReference(checkpoint.step(), checkpoint.digest());
    }
}
