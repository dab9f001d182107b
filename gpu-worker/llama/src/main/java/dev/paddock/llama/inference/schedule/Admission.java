package dev.paddock.llama.inference.schedule;

/** Says how a waiting sequence may begin. */
@FunctionalInterface
public interface Admission {
    /** The sequence had better wait: one that runs will soon have computed what both begin with. */
    int LATER = -1;

    /** Nothing is known of any sequence: all begin empty. */
    Admission EMPTY = id -> 0;

    /** Tokens of its prompt that it finds in a cache already, fewer than the prompt has; or {@link #LATER}. */
    int cached(long id);
}
