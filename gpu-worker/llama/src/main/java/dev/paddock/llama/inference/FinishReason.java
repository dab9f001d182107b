package dev.paddock.llama.inference;

/** Why an answer ended. */
public enum FinishReason {
    /** An end token or a stop string came. */
    STOP,
    /** The most tokens asked for, or the end of the context, were reached. */
    LENGTH,
    /** The caller gave it up. */
    CANCELLED,
    /** Its deadline passed. */
    DEADLINE
}
