package dev.paddock.llama.template;

/** Python's {@code None}. */
enum None {
    NONE
}
