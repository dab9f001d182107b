package dev.paddock.trainingjob.sweep;

import dev.paddock.trainingjob.job.Failure;
import dev.paddock.trainingjob.job.JobEvents;
import dev.paddock.trainingjob.job.Journal;
import dev.paddock.trainingjob.job.TrainingJobs;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes a sweep as far as it goes now: trials that reached a gate are put aside until all have, then some of them stop. */
@Component
class SweepRound {
    private final Sweeps sweeps;
    private final TrainingJobs jobs;
    private final Readings readings;
    private final JobEvents events;
    private final Journal journal;
    private final Clock clock;

    SweepRound(Sweeps sweeps, TrainingJobs jobs, Readings readings, JobEvents events, Journal journal, Clock clock) {
        this.sweeps = sweeps;
        this.jobs = jobs;
        this.readings = readings;
        this.events = events;
        this.journal = journal;
        this.clock = clock;
    }

    /** Decides what can be decided; everything that it needs is stored, so that any replica may take any round. */
    @Transactional
    public void take(UUID id) {
        sweeps.lockRunning(id).ifPresent(sweep -> take(sweep, clock.instant()));
    }

    private void take(Sweep sweep, Instant now) {
        List<Contestant> all = Contestant.of(sweep, jobs.lockTrials(sweep.id(), sweep.tenant()));
        List<Contestant> alive = alive(all);
        for (Gate gate = sweep.gate(); gate != null && alive.size() > 1; gate = sweep.gate()) {
            if (!gather(alive, gate, now)) {
                return;
            }
            decide(sweep, alive, gate, now);
            sweep.passGate();
            alive = alive(all);
        }
        alive.forEach(one -> one.job().goOn(now));
        if (alive.stream().allMatch(Contestant::isCompleted)) {
            finish(sweep, all, alive, now);
        }
    }

    private static List<Contestant> alive(List<Contestant> all) {
        return all.stream().filter(Contestant::isAlive).toList();
    }

    /** Puts aside those who are there; whether all are. */
    private static boolean gather(List<Contestant> alive, Gate gate, Instant now) {
        boolean complete = true;
        for (Contestant one : alive) {
            if (one.reached(gate)) {
                one.job().putAside(now);
            } else {
                one.job().goOn(now);
                complete = false;
            }
        }
        return complete;
    }

    private void decide(Sweep sweep, List<Contestant> alive, Gate gate, Instant now) {
        List<Compared> compared = alive.stream()
                .map(one -> new Compared(one, readings.at(gate, one)))
                .toList();
        List<Reading> measured = compared.stream().map(Compared::reading).toList();
        LossMetric metric = gate.metric(measured);
        Map<Integer, Failure> stopped = gate.judge(measured);
        for (Compared one : compared) {
            one.note(metric);
            Failure reason = stopped.get(one.reading().trial());
            if (reason != null) {
                end(sweep, one.trial(), reason, now);
            }
        }
    }

    /** Stops a trial; one that has finished already keeps its result, which goes nowhere. */
    private void end(Sweep sweep, Contestant one, Failure reason, Instant now) {
        boolean running = one.job().stop(reason, now);
        one.trial().decide(running ? Verdict.STOPPED : Verdict.OUTDONE, reason);
        String what = running ? "stopped" : "outdone";
        journal.log(
                one.job().facts(), List.of("%s by its sweep (%s): %s".formatted(what, reason.code(), reason.cause())));
        if (running) {
            events.cancelled(one.job(), "sweep " + sweep.id());
        }
    }

    private void finish(Sweep sweep, List<Contestant> all, List<Contestant> finalists, Instant now) {
        if (finalists.isEmpty()) {
            sweep.markFailed(SweepEnds.withoutWinner(all), now);
            return;
        }
        List<Compared> compared = finalists.stream()
                .map(one -> new Compared(one, readings.atEnd(one)))
                .toList();
        List<Reading> measured = compared.stream().map(Compared::reading).toList();
        LossMetric metric = LossMetric.of(measured);
        Reading best = metric.rank(measured).get(0);
        for (Compared one : compared) {
            one.note(metric);
            if (one.reading().trial() == best.trial()) {
                sweep.markCompleted(one.trial().trial(), now);
                events.completed(one.trial().job());
            } else {
                end(sweep, one.trial(), SweepEnds.outdone(metric, one.reading(), best), now);
            }
        }
    }

    /** A trial with what it is compared by. */
    private record Compared(Contestant trial, Reading reading) {
        void note(LossMetric metric) {
            trial.trial().compared(reading, metric);
        }
    }
}
