package dev.paddock.llama.weights;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Scales of NF4's blocks: fp32 numbers, or under double quantization eight-bit codes in blocks of 256.
 *
 * @param absolute one scale or code for each block
 * @param nested what codes stand for; null for fp32 numbers
 */
record Nf4Scales(StoredTensor absolute, @Nullable Nested nested) {
    /** Codes that share a largest scale. */
    static final int BLOCK = 256;

    /**
     * A scale is {@code map[code] · largest + offset}.
     *
     * @param map 256 numbers
     * @param largest one for every {@value #BLOCK} codes
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Nested(float[] map, StoredTensor largest, float offset) {}

    /** The scales of some blocks. */
    float[] read(long first, int count) {
        float[] scales = new float[count];
        if (nested == null) {
            absolute.part(first * Float.BYTES, count * Float.BYTES)
                    .asFloatBuffer()
                    .get(scales);
        } else {
            read(nested, first, scales);
        }
        return scales;
    }

    private void read(Nested from, long first, float[] scales) {
        ByteBuffer codes = absolute.part(first, scales.length);
        long group = first / BLOCK;
        int groups = (int) ((first + scales.length - 1) / BLOCK - group + 1);
        ByteBuffer largest = from.largest().part(group * Float.BYTES, groups * Float.BYTES);
        for (int i = 0; i < scales.length; i++) {
            float scale = largest.getFloat((int) ((first + i) / BLOCK - group) * Float.BYTES);
            scales[i] = from.map()[codes.get(i) & 0xFF] * scale + from.offset();
        }
    }
}
