package dev.paddock.trainingjob.sweep;

import dev.paddock.kit.problem.ProblemException;
import dev.paddock.trainingjob.estimate.TrainingEstimates;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Refuses a sweep of which a trial cannot fit into the worker's memory, before any of them waits. */
@Component
class SweepFit {
    /** Trials that are not judged by then are judged by the workers that take them. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TrainingEstimates estimates;

    SweepFit(TrainingEstimates estimates) {
        this.estimates = estimates;
    }

    /** Judges one trial after another as an order of its own, until a worker does not answer or the time is over. */
    void require(SweepPlan plan, String tenant) {
        long begin = System.nanoTime();
        for (SweepPlan.Planned trial : plan.trials()) {
            if (System.nanoTime() - begin > PATIENCE.toNanos() || !judge(trial, tenant)) {
                return;
            }
        }
    }

    private boolean judge(SweepPlan.Planned trial, String tenant) {
        try {
            return estimates.requireFit(trial.order(), tenant);
        } catch (ProblemException e) {
            throw new ProblemException(
                    e.code(), "trial %d, %s: %s".formatted(trial.number(), trial.choice(), e.getMessage()));
        }
    }
}
