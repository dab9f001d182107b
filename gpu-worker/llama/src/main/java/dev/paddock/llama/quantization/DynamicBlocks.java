package dev.paddock.llama.quantization;

/**
 * Block-wise dynamic quantization (Dettmers et al. 2022, arXiv:2110.02861): blocks of 256 numbers are divided by their largest
 * magnitude and stored as codes of a {@link DynamicMap}; bit for bit bitsandbytes' {@code quantize_blockwise} and
 * {@code dequantize_blockwise} on processors.
 */
public final class DynamicBlocks {
    /** Numbers that share a magnitude. */
    public static final int BLOCK = 256;

    private DynamicBlocks() {}

    /** Blocks that {@code count} numbers take, the last one not always full. */
    public static int count(long count) {
        return Math.toIntExact((count + BLOCK - 1) / BLOCK);
    }

    /**
     * Quantizes one block.
     *
     * @param values holds {@code count} numbers, at most 256
     * @param codes takes as many codes from {@code at} on; all 0 where every number is 0
     * @return the largest magnitude
     */
    public static float quantize(DynamicMap map, float[] values, int count, byte[] codes, int at) {
        float largest = 0;
        for (int i = 0; i < count; i++) {
            float magnitude = Math.abs(values[i]);
            largest = magnitude > largest ? magnitude : largest;
        }
        float inverse = 1 / largest;
        for (int i = 0; i < count; i++) {
            codes[at + i] = largest == 0 ? 0 : map.code(values[i] * inverse);
        }
        return largest;
    }

    /** The numbers of one block: the reverse of {@link #quantize}, with the magnitude that it gave. */
    public static void dequantize(DynamicMap map, byte[] codes, int at, int count, float largest, float[] values) {
        for (int i = 0; i < count; i++) {
            values[i] = map.number(codes[at + i]) * largest;
        }
    }
}
