package dev.paddock.llama.inference;

/** How the last hidden states (behind the model's last norm) of a text's tokens become one vector. */
public enum Pooling {
    /** Their mean. */
    MEAN,
    /** The last one, which has seen all the others. */
    LAST
}
