package dev.paddock.llama.inference;

import java.util.List;

/** Hears of one answer, from the model's own thread: it must return quickly. The last call is {@link #finished} or {@link #failed}. */
public interface GenerationListener {
    /**
     * It has left the queue for the first time.
     *
     * @param cached tokens of its prompt that had been computed before, for another request
     */
    default void begun(int cached) {}

    /** The prompt's scores, in pieces and in order, before any token. */
    default void promptScored(List<TokenScore> scores) {}

    void token(GeneratedToken token);

    void finished(Finished finished);

    void failed(RuntimeException failure);
}
