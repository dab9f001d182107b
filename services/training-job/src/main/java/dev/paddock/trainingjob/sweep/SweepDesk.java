package dev.paddock.trainingjob.sweep;

import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.ids.TimeOrderedIds;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.trainingjob.job.Failure;
import dev.paddock.trainingjob.job.JobDesk;
import dev.paddock.trainingjob.job.JobEvents;
import dev.paddock.trainingjob.job.Ownership;
import dev.paddock.trainingjob.job.TrainingJob;
import dev.paddock.trainingjob.job.TrainingJobs;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Where sweeps are ordered, looked up and cancelled. */
@Service
class SweepDesk {
    private final Sweeps sweeps;
    private final TrainingJobs jobs;
    private final JobDesk desk;
    private final JobEvents events;
    private final TimeOrderedIds ids;
    private final Clock clock;

    SweepDesk(Sweeps sweeps, TrainingJobs jobs, JobDesk desk, JobEvents events, TimeOrderedIds ids, Clock clock) {
        this.sweeps = sweeps;
        this.jobs = jobs;
        this.desk = desk;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /** A sweep with its trials, and a version that moves whenever one of them does. */
    record Shown(SweepView view, long version) {}

    /** Puts every trial of a checked sweep into the queue. */
    @Transactional(noRollbackFor = ProblemException.class)
    public Shown place(SweepPlan plan, Caller caller) {
        Sweep sweep = new Sweep(ids.next(), caller.tenant(), plan, caller.subject(), clock.instant());
        Ownership owner = new Ownership(caller.tenant(), caller.subject(), null, sweep.id());
        plan.trials()
                .forEach(planned -> sweep.add(
                        planned, desk.place(planned.order(), owner).facts().id()));
        return show(sweeps.save(sweep));
    }

    @Transactional(readOnly = true)
    public Shown show(UUID id, Caller caller) {
        return show(sweeps.of(id, caller.tenant()));
    }

    /** Cancels a sweep and every trial that has not ended; doing it again changes nothing. */
    @Transactional
    public Shown cancel(UUID id, Caller caller, @Nullable String ifMatch) {
        Sweep sweep = sweeps.lock(id, caller.tenant()).orElseThrow(() -> ProblemException.notFound("sweep", id));
        List<TrainingJob> trials = jobs.lockTrials(id, caller.tenant());
        ETags.require(ifMatch, version(sweep, trials));
        Instant now = clock.instant();
        if (sweep.cancel(now)) {
            Failure reason = SweepEnds.cancelled(id, caller.subject());
            trials.stream()
                    .filter(job -> job.stop(reason, now))
                    .forEach(job -> events.cancelled(job, caller.subject()));
            sweeps.flush();
        }
        return show(sweep);
    }

    private Shown show(Sweep sweep) {
        List<TrainingJob> trials = jobs.trials(sweep.id(), sweep.tenant());
        List<TrialView> views = Contestant.of(sweep, trials).stream()
                .map(one -> one.trial().view(one.job()))
                .toList();
        return new Shown(sweep.view(views), version(sweep, trials));
    }

    private static long version(Sweep sweep, List<TrainingJob> trials) {
        return sweep.version()
                + trials.stream().mapToLong(job -> job.facts().version()).sum();
    }
}
