package dev.paddock.trainingjob.sweep;

import static java.util.Objects.requireNonNull;

import dev.paddock.contracts.lease.Progress;
import dev.paddock.trainingjob.job.JobFacts;
import dev.paddock.trainingjob.job.JobState;
import dev.paddock.trainingjob.job.TrainingJob;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A trial with its job. */
record Contestant(Trial trial, TrainingJob job) {
    static List<Contestant> of(Sweep sweep, List<TrainingJob> jobs) {
        Map<UUID, TrainingJob> byId =
                jobs.stream().collect(Collectors.toMap(job -> job.facts().id(), Function.identity()));
        return sweep.trials().stream()
                .map(trial -> new Contestant(trial, requireNonNull(byId.get(trial.jobId()))))
                .toList();
    }

    /** Whether it may still win. */
    boolean isAlive() {
        JobState state = job.facts().state();
        return !trial.isDecided() && state != JobState.FAILED && state != JobState.CANCELLED;
    }

    boolean isCompleted() {
        return job.facts().state() == JobState.COMPLETED;
    }

    /** Whether it has trained as far as the gate. */
    boolean reached(Gate gate) {
        Progress progress = job.facts().progress();
        return isCompleted() || (progress != null && progress.step() >= gate.step(progress.steps()));
    }

    /** Steps of its whole run, or 0 when it has told of none. */
    int steps() {
        JobFacts facts = job.facts();
        if (facts.progress() != null) {
            return facts.progress().steps();
        }
        return facts.outcome() == null ? 0 : facts.outcome().measurements().steps();
    }
}
