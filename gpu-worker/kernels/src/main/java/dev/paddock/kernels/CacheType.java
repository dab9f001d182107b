package dev.paddock.kernels;

/** Numbers in which keys and values are kept. */
public enum CacheType {
    /** As they were computed. */
    FLOAT32 {
        @Override
        CacheChunk chunk(int heads, int headSize) {
            return new FloatChunk(heads, headSize);
        }

        @Override
        long bytes(int heads, int numbers) {
            return (long) Float.BYTES * heads * numbers;
        }
    },
    /** Half of that, rounded to eight bits of mantissa. */
    BFLOAT16 {
        @Override
        CacheChunk chunk(int heads, int headSize) {
            return new BfloatChunk(heads, headSize);
        }

        @Override
        long bytes(int heads, int numbers) {
            return (long) Short.BYTES * heads * numbers;
        }
    },
    /** A quarter: signed 8-bit numbers times one fp32 scale for each token's keys, and one for its values, of each head. */
    INT8 {
        @Override
        CacheChunk chunk(int heads, int headSize) {
            return new EightBitChunk(heads, headSize);
        }

        @Override
        long bytes(int heads, int numbers) {
            return heads * (numbers + 2L * Float.BYTES);
        }
    };

    abstract CacheChunk chunk(int heads, int headSize);

    /** Bytes that a token takes whose heads have so many numbers. */
    abstract long bytes(int heads, int numbers);
}
