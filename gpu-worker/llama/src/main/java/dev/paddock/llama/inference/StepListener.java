package dev.paddock.llama.inference;

/** Hears of a model's steps, from the model's own thread: it must return quickly and take no lock. */
@FunctionalInterface
public interface StepListener {
    /** Hears nothing. */
    StepListener NONE = (sequences, tokens) -> {};

    /**
     * A step has run.
     *
     * @param sequences in its batch, 1 or more
     * @param tokens of prompts and answers that it ran, 1 or more
     */
    void ran(int sequences, int tokens);
}
