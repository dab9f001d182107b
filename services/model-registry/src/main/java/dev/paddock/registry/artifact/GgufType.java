package dev.paddock.registry.artifact;

/** What a model's matrices become in a GGUF file. */
public enum GgufType {
    /** Each as the model has it. */
    AS_STORED,
    F32,
    F16,
    BF16,
    Q8_0,
    Q4_1,
    Q4_0
}
