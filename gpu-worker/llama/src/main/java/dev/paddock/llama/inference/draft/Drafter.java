package dev.paddock.llama.inference.draft;

import java.util.List;

/**
 * Guesses at how sequences go on. Whatever it says, answers stay what they are without it: it decides how many tokens a pass of the
 * model brings. For the model's own thread.
 */
public interface Drafter extends AutoCloseable {
    /**
     * Guesses for several sequences of one step.
     *
     * @return one draft for each task, in their order
     */
    List<Draft> draft(List<DraftTask> tasks);

    /** A sequence has left, or begins anew. */
    default void forget(long sequence) {}

    /** Bytes that its weights take. */
    default long weightBytes() {
        return 0;
    }

    /** Bytes that it keeps for each token of a sequence. */
    default long cacheBytesPerToken() {
        return 0;
    }

    @Override
    default void close() {}
}
