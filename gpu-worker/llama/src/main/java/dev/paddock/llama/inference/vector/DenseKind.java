package dev.paddock.llama.inference.vector;

import dev.paddock.kernels.CacheType;

/** How weights are held that the file has neither in bfloat16 nor in blocks of 4 or 8 bits which are multiplied as they are. */
public enum DenseKind {
    /** Exact; twice the memory of bfloat16. */
    FP32(CacheType.FLOAT32),
    /** Eight bits of mantissa. */
    BF16(CacheType.BFLOAT16);

    private final CacheType cacheType;

    DenseKind(CacheType cacheType) {
        this.cacheType = cacheType;
    }

    /** Keys and values in the same numbers. */
    public CacheType cacheType() {
        return cacheType;
    }
}
