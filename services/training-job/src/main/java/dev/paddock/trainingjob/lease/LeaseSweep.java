package dev.paddock.trainingjob.lease;

import dev.paddock.trainingjob.job.JobEvents;
import dev.paddock.trainingjob.job.Journal;
import dev.paddock.trainingjob.job.TrainingJob;
import dev.paddock.trainingjob.job.TrainingJobs;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts jobs of lost workers back into the queue and wakes the others up for them and for jobs whose delay is over. */
@Component
class LeaseSweep {
    private final TrainingJobs jobs;
    private final JobEvents events;
    private final Journal journal;
    private final LeaseGrace grace;
    private final Clock clock;

    LeaseSweep(TrainingJobs jobs, JobEvents events, Journal journal, LeaseGrace grace, Clock clock) {
        this.jobs = jobs;
        this.events = events;
        this.journal = journal;
        this.grace = grace;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${paddock.training-job.sweep-interval:PT5S}")
    @Transactional
    public void sweep() {
        Instant now = clock.instant();
        jobs.abandoned(grace.lapsedBefore(now)).forEach(job -> takeBack(job, now));
        jobs.unannounced(now).forEach(job -> {
            job.markAnnounced();
            events.requested(job);
        });
    }

    private void takeBack(TrainingJob job, Instant now) {
        journal.log(job.facts(), List.of("the worker stopped renewing its lease"));
        if (job.takeBack(now)) {
            events.requested(job);
        } else {
            events.failed(job);
        }
    }
}
