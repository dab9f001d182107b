package dev.paddock.llama.training;

import java.nio.file.Path;

/** Hears of a run's course, on the run's own thread. */
public interface TrainingListener {
    /**
     * The run begins, or goes on after {@code finishedSteps}.
     *
     * @param trainedParameters numbers that are trained
     */
    default void started(int finishedSteps, int steps, long trainedParameters) {}

    /** The checkpoint that the run was to go on from does not fit it, so the run begins at its first step. */
    default void begunAnew(String reason) {}

    /** The run goes on from its checkpoint on other threads or another processor, so that its sums round otherwise from here on. */
    default void moved(String difference) {}

    /** What the run is computed in from here on, and what its earlier steps were; told after its beginning. */
    default void computedIn(RunEnvironment environment) {}

    /** A step has ended. */
    default void progressed(TrainingProgress progress) {}

    /**
     * A validation set was measured after a step; 0 is before the first.
     *
     * @param loss mean negative log-likelihood of its counted tokens, in nats, or the mean loss of its comparisons
     */
    default void validated(int step, String set, double loss) {}

    /**
     * Something was measured beside the loss, in a step or on a validation set after it; 0 is before the first.
     *
     * @param name what it is called, in snake case; that of a validation set begins with the set's
     */
    default void measured(int step, String name, double value) {}

    /** The run ends here, since its validation loss has not fallen for so many measurements. */
    default void endedEarly(int step, int measurements) {}

    /** The run's result is its state after this step, whose validation loss is the least. */
    default void chosen(int step, double loss) {}

    /** A checkpoint lies in the folder, whole. */
    default void checkpointed(int step, Path folder) {}
}
