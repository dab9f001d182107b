package dev.paddock.llama.inference.vector;

/** How weights are held that the file has neither in bfloat16 nor in blocks of 4 or 8 bits which are multiplied as they are. */
public enum DenseKind {
    /** Exact; twice the memory of bfloat16. */
    FP32,
    /** Eight bits of mantissa. */
    BF16
}
