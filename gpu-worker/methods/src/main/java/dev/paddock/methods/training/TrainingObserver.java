package dev.paddock.methods.training;

import dev.paddock.llama.training.RunEnvironment;
import dev.paddock.llama.training.TrainingProgress;
import java.nio.file.Path;

/** Hears of a run's course on the run's own thread; ends the run by throwing. */
public interface TrainingObserver {
    /** Another batch is about to be computed, be it one before the first step. */
    default void atWork() {}

    /** What the run is computed in, and what its earlier steps were; one that says nothing is computed in this process alone. */
    default void computedIn(RunEnvironment environment) {}

    /** A step has ended. */
    void progressed(TrainingProgress progress);

    /**
     * Something was measured after a step; 0 is before the first.
     *
     * @param name what the job's metrics call it, in snake case
     */
    default void metric(int step, String name, double value) {}

    /** A checkpoint lies in the folder, whole. */
    void checkpointed(int step, Path checkpoint);

    /** Something worth a line in the job's log. */
    void log(String line);
}
