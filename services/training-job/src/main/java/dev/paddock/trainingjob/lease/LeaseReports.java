package dev.paddock.trainingjob.lease;

import dev.paddock.contracts.lease.CheckpointReport;
import dev.paddock.contracts.lease.CompletionReport;
import dev.paddock.contracts.lease.FailureReport;
import dev.paddock.contracts.lease.LeaseRelease;
import dev.paddock.contracts.lease.LeaseRenewal;
import dev.paddock.contracts.lease.LeaseState;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.trainingjob.TrainingJobProperties;
import dev.paddock.trainingjob.job.Checkpoint;
import dev.paddock.trainingjob.job.Failure;
import dev.paddock.trainingjob.job.JobEvents;
import dev.paddock.trainingjob.job.JobFacts;
import dev.paddock.trainingjob.job.JobState;
import dev.paddock.trainingjob.job.Journal;
import dev.paddock.trainingjob.job.Outcome;
import dev.paddock.trainingjob.job.TrainingJob;
import dev.paddock.trainingjob.job.TrainingJobs;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes what the holder of a lease reports. A repeated report is answered like the first and changes nothing. */
@Service
class LeaseReports {
    private final TrainingJobs jobs;
    private final JobEvents events;
    private final Journal journal;
    private final Clock clock;
    private final TrainingJobProperties properties;

    LeaseReports(TrainingJobs jobs, JobEvents events, Journal journal, Clock clock, TrainingJobProperties properties) {
        this.jobs = jobs;
        this.events = events;
        this.journal = journal;
        this.clock = clock;
        this.properties = properties;
    }

    /** Keeps the lease, or says that the job was cancelled, given up or put aside meanwhile. */
    @Transactional
    LeaseState renew(String tenant, UUID id, LeaseRenewal renewal) {
        TrainingJob job = lock(tenant, id);
        Instant now = clock.instant();
        JobState state = job.facts().state();
        if (job.lastHeldWith(renewal.fencingToken()) && (state == JobState.CANCELLED || state == JobState.FAILED)) {
            return new LeaseState(true, now);
        }
        if (job.lastHeldWith(renewal.fencingToken()) && job.isAside()) {
            if (job.takeNews(renewal.sequence())) {
                write(job, renewal);
            }
            return new LeaseState(true, now);
        }
        Instant until = now.plus(properties.leaseDuration());
        job.renew(renewal.fencingToken(), until);
        if (job.takeNews(renewal.sequence())) {
            keep(job, renewal, now);
        }
        return new LeaseState(false, until);
    }

    private void write(TrainingJob job, LeaseRenewal renewal) {
        journal.log(job.facts(), renewal.logs());
        journal.measure(job.facts(), renewal.metrics());
    }

    private void keep(TrainingJob job, LeaseRenewal renewal, Instant now) {
        write(job, renewal);
        if (renewal.progress() != null) {
            job.progress(renewal.fencingToken(), renewal.progress());
            if (job.tellProgress(now, properties.progressEventInterval())) {
                events.progressed(job);
            }
        }
    }

    @Transactional
    void checkpoint(String tenant, UUID id, CheckpointReport report) {
        lock(tenant, id).checkpoint(report.fencingToken(), new Checkpoint(report.step(), report.digest()));
    }

    /** Takes a result; that of a trial is told when its sweep has found it the best. */
    @Transactional
    void complete(String tenant, UUID id, CompletionReport report) {
        TrainingJob job = lock(tenant, id);
        Outcome made = new Outcome(
                report.artifactDigest(),
                report.codeVersion(),
                report.measurements(),
                report.artifactKind(),
                report.environment());
        JobFacts facts = job.facts();
        if (facts.state() == JobState.COMPLETED
                && job.lastHeldWith(report.fencingToken())
                && made.equals(facts.outcome())) {
            return;
        }
        job.markCompleted(report.fencingToken(), made, clock.instant());
        journal.log(job.facts(), List.of("completed: " + report.artifactDigest()));
        if (facts.sweepId() == null) {
            events.completed(job);
        }
    }

    @Transactional
    void fail(String tenant, UUID id, FailureReport report) {
        TrainingJob job = lock(tenant, id);
        JobState state = job.facts().state();
        boolean told = state == JobState.FAILED || (state == JobState.QUEUED && !job.lapsedWith(report.fencingToken()));
        if (job.lastHeldWith(report.fencingToken()) && told) {
            return;
        }
        job.markAttemptFailed(
                report.fencingToken(),
                new Failure(report.code(), report.cause()),
                report.retryable(),
                clock.instant(),
                properties.retryDelay());
        JobFacts facts = job.facts();
        journal.log(
                facts, List.of("attempt %d failed (%s): %s".formatted(facts.attempt(), report.code(), report.cause())));
        if (facts.state() == JobState.FAILED) {
            events.failed(job);
        }
    }

    /** Puts the job back into the queue and wakes other workers up for it; nothing once the attempt has ended. */
    @Transactional
    void release(String tenant, UUID id, LeaseRelease release) {
        TrainingJob job = lock(tenant, id);
        if (job.lastHeldWith(release.fencingToken()) && job.facts().state() != JobState.RUNNING) {
            return;
        }
        job.release(release.fencingToken(), clock.instant());
        journal.log(job.facts(), List.of("the worker is being stopped and gives the job back"));
        events.requested(job);
    }

    private TrainingJob lock(String tenant, UUID id) {
        return jobs.lock(id, tenant).orElseThrow(() -> ProblemException.notFound("training job", id));
    }
}
