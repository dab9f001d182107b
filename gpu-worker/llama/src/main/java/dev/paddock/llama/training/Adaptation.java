package dev.paddock.llama.training;

import dev.paddock.llama.adapter.LoraSettings;

/** What of a model a run trains. */
public sealed interface Adaptation {
    /** Low-rank adapters; the base stays as it is. */
    record Lora(LoraSettings settings) implements Adaptation {}

    /** Every matrix, norm, bias and embedding. */
    record Full() implements Adaptation {}
}
