package dev.paddock.llama.inference;

import java.util.List;

/**
 * Hears of one request, from the model's own thread: it must return quickly. The last call is {@link #finished}, {@link #found} or
 * {@link #failed}.
 */
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

    /**
     * A search has its answers, of which nothing was told before; one that was given up is {@link #finished}.
     *
     * @param answers the best first, as many as were asked for
     */
    default void found(List<FoundAnswer> answers) {
        FoundAnswer best = answers.get(0);
        best.tokens().forEach(this::token);
        finished(best.finished());
    }

    void failed(RuntimeException failure);
}
