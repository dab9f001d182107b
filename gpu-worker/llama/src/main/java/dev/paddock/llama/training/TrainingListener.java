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

    /** A step has ended. */
    default void progressed(TrainingProgress progress) {}

    /**
     * A validation set was measured after a step; 0 is before the first.
     *
     * @param loss mean negative log-likelihood of its counted tokens, in nats; its exponential is the perplexity
     */
    default void validated(int step, String set, double loss) {}

    /** A checkpoint lies in the folder, whole. */
    default void checkpointed(int step, Path folder) {}
}
