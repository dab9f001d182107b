package dev.paddock.llama.quantization;

import dev.paddock.kernels.CodedBlocks;
import dev.paddock.llama.weights.NormalFloat;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * Numbers to NF4, piece by piece: blocks of 64 along the rows are divided by their largest magnitude and stored as places in the
 * code book, two in a byte, the first in the high half. The magnitudes follow in eight bits ({@link #finish}).
 */
final class Nf4Quantizer {
    /** Magnitudes below this divide as if they were this. */
    private static final float LEAST = 1e-38f;

    private final ByteBuffer into;
    private final Nf4Layout layout;
    private final float[] block = new float[CodedBlocks.BLOCK];
    private final float[] scales;
    private int filled;
    private int blocks;

    /** @param into zeroed memory of the layout's size, in native order */
    Nf4Quantizer(Nf4Layout layout, ByteBuffer into) {
        this.layout = layout;
        this.into = into;
        scales = new float[layout.blocks()];
    }

    /**
     * Takes the next numbers.
     *
     * @throws IllegalArgumentException when one of them is not finite
     */
    void add(FloatBuffer values) {
        while (values.hasRemaining()) {
            int count = Math.min(values.remaining(), block.length - filled);
            values.get(block, filled, count);
            filled += count;
            if (filled == block.length) {
                store();
            }
        }
    }

    private void store() {
        float largest = largest();
        boolean whole = filled == block.length;
        float divisor = Math.max(largest, LEAST);
        float inverse = 1 / divisor;
        int at = blocks * (CodedBlocks.BLOCK / 2);
        for (int i = 0; i < filled; i += 2) {
            int first = place(block[i], whole, divisor, inverse);
            int second = i + 1 < filled ? place(block[i + 1], whole, divisor, inverse) : NormalFloat.nearest(0);
            into.put(at + i / 2, (byte) (first << 4 | second));
        }
        scales[blocks++] = whole ? largest : divisor;
        filled = 0;
    }

    /** bitsandbytes multiplies with the inverse in whole blocks and divides in the last one, where that is not whole. */
    private static int place(float value, boolean whole, float divisor, float inverse) {
        return NormalFloat.nearest(whole ? value * inverse : value / divisor);
    }

    private float largest() {
        float largest = 0;
        for (int i = 0; i < filled; i++) {
            float magnitude = Math.abs(block[i]);
            if (!(magnitude <= Float.MAX_VALUE)) {
                long place = (long) blocks * block.length + i;
                throw new IllegalArgumentException(
                        "element " + place + " is " + block[i] + "; NF4 takes finite weights only");
            }
            largest = Math.max(largest, magnitude);
        }
        return largest;
    }

    /** Stores the last block, if it is not whole, and the scales: their mean, and the rest in blocks of 256 in eight bits. */
    void finish() {
        if (filled > 0) {
            store();
        }
        float offset = CascadeSum.mean(scales);
        float[] values = new float[DynamicBlocks.BLOCK];
        byte[] codes = new byte[DynamicBlocks.BLOCK];
        for (int first = 0; first < scales.length; first += values.length) {
            int count = Math.min(values.length, scales.length - first);
            for (int i = 0; i < count; i++) {
                values[i] = scales[first + i] - offset;
            }
            float largest = DynamicBlocks.quantize(DynamicMap.SIGNED, values, count, codes, 0);
            into.put(layout.codesAt() + first, codes, 0, count);
            into.putFloat(layout.nestedAt() + first / values.length * Float.BYTES, largest);
        }
        into.putFloat(layout.offsetAt(), offset);
    }
}
