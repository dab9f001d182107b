package dev.paddock.llama.inference;

import java.util.List;

/** Hears of one answer, from the model's own thread: it must return quickly. The last call is {@link #finished} or {@link #failed}. */
public interface GenerationListener {
    /** The prompt's scores, in pieces and in order, before any token. */
    default void promptScored(List<TokenScore> scores) {}

    void token(GeneratedToken token);

    void finished(Finished finished);

    void failed(RuntimeException failure);
}
