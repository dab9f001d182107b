package dev.paddock.llama.adapter;

/** What an adapter's model gives, as PEFT's {@code task_type} writes it. */
public enum TaskType {
    /** Next tokens. */
    CAUSAL_LM,
    /** One label for a text, by its last token. */
    SEQ_CLS,
    /** One label for each token. */
    TOKEN_CLS
}
