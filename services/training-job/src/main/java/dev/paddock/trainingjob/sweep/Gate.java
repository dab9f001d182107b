package dev.paddock.trainingjob.sweep;

import dev.paddock.trainingjob.job.Failure;
import java.util.List;
import java.util.Map;

/**
 * A point of every run where the sweep decides which trials stop. It decides once all of them have got there or ended, from
 * what they measured up to there, so that the outcome depends on nothing else: not on the number of workers, nor on their speed.
 */
sealed interface Gate permits EarlyStop, Rung {
    /** Where it lies, as a share of each run's steps, above 0 and below 1. */
    double share();

    /** The trials that stop, by number, with the reason. */
    Map<Integer, Failure> judge(List<Reading> readings);

    /** The loss that they are compared by. */
    LossMetric metric(List<Reading> readings);

    /** The step of a run of so many steps where it lies, at least 1. */
    default int step(int steps) {
        return (int) Math.max(1, Math.ceil(share() * steps));
    }
}
