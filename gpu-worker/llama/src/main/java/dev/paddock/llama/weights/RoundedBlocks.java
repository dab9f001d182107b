package dev.paddock.llama.weights;

import java.nio.ByteBuffer;

/**
 * Numbers rounded to GGUF's blocks of 32 as llama.cpp's reference functions ({@code quantize_row_q4_0_ref} and its like) round
 * them: each block by its own extremes, without looking at any data.
 */
final class RoundedBlocks {
    private static final int HALF = 16;
    private static final int SIZE = 2 * HALF;

    private RoundedBlocks() {}

    /** The number of largest magnitude becomes −8. */
    static void q4_0(float[] numbers, int from, ByteBuffer into) {
        float extreme = 0;
        for (int i = from; i < from + SIZE; i++) {
            extreme = Math.abs(numbers[i]) > Math.abs(extreme) ? numbers[i] : extreme;
        }
        float scale = extreme / -8;
        float inverse = scale == 0 ? 0 : 1 / scale;
        into.putShort(Float16.toHalf(scale));
        for (int i = from; i < from + HALF; i++) {
            int low = Math.min(15, (int) (numbers[i] * inverse + 8.5f));
            int high = Math.min(15, (int) (numbers[i + HALF] * inverse + 8.5f));
            into.put((byte) (low | high << 4));
        }
    }

    static void q4_1(float[] numbers, int from, ByteBuffer into) {
        float least = Float.MAX_VALUE;
        float most = -Float.MAX_VALUE;
        for (int i = from; i < from + SIZE; i++) {
            least = Math.min(least, numbers[i]);
            most = Math.max(most, numbers[i]);
        }
        float scale = (most - least) / 15;
        float inverse = scale == 0 ? 0 : 1 / scale;
        into.putShort(Float16.toHalf(scale)).putShort(Float16.toHalf(least));
        for (int i = from; i < from + HALF; i++) {
            int low = Math.min(15, (int) ((numbers[i] - least) * inverse + 0.5f));
            int high = Math.min(15, (int) ((numbers[i + HALF] - least) * inverse + 0.5f));
            into.put((byte) (low | high << 4));
        }
    }

    /** Halves are rounded away from zero. */
    static void q8_0(float[] numbers, int from, ByteBuffer into) {
        float largest = 0;
        for (int i = from; i < from + SIZE; i++) {
            largest = Math.max(largest, Math.abs(numbers[i]));
        }
        float scale = largest / 127;
        float inverse = scale == 0 ? 0 : 1 / scale;
        into.putShort(Float16.toHalf(scale));
        for (int i = from; i < from + SIZE; i++) {
            double number = numbers[i] * inverse;
            into.put((byte) (Math.signum(number) * Math.floor(Math.abs(number) + 0.5)));
        }
    }
}
