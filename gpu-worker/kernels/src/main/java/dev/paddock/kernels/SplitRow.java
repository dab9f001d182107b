package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * A row of numbers as two rows of 8-bit integers: {@code x = scale (high + low / 254)}, which is a symmetric quantization and that of
 * what it leaves, 15 bits together. Products of integers are exact, so that what is lost is lost here.
 */
public final class SplitRow {
    /** By how much {@code low} counts less than {@code high}. */
    public static final float STEP = 1f / 254;
    /** What is added to integers so that none is negative. */
    public static final int ZERO = 128;

    private static final int L = Lanes.COUNT;
    private static final int MOST = 127;
    /** Added and taken off again it rounds to the nearest integer, which then is the low bits of the sum. */
    private static final float ROUNDER = 0x1.8p23f;

    private SplitRow() {}

    /**
     * Splits finite numbers.
     *
     * @param x from {@code from} on
     * @param width how many
     * @param high takes as many, {@link #ZERO} added
     * @param low takes as many, {@link #ZERO} added
     * @return the scale; 1 for zeros, and for numbers so small that it has no inverse, which become zeros
     */
    public static float split(float[] x, int from, int width, byte[] high, byte[] low) {
        float most = most(x, from, width);
        float scale = most < MOST * Float.MIN_NORMAL ? 1 : most / MOST;
        float inverse = 1 / scale;
        int whole = width / L * L;
        for (int i = 0; i < whole; i += L) {
            FloatVector exact = FloatVector.fromArray(Lanes.FLOATS, x, from + i).mul(inverse);
            FloatVector first = exact.add(ROUNDER);
            FloatVector second = exact.sub(first.sub(ROUNDER)).mul(1 / STEP).add(ROUNDER);
            put(first, high, i);
            put(second, low, i);
        }
        for (int i = whole; i < width; i++) {
            float exact = x[from + i] * inverse;
            float first = exact + ROUNDER - ROUNDER;
            high[i] = (byte) ((int) first + ZERO);
            low[i] = (byte) ((int) ((exact - first) * (1 / STEP) + ROUNDER - ROUNDER) + ZERO);
        }
        return scale;
    }

    private static void put(FloatVector rounded, byte[] into, int at) {
        IntVector integers = rounded.reinterpretAsInts().add(ZERO);
        integers.convertShape(VectorOperators.I2B, Lanes.BYTES, 0)
                .reinterpretAsBytes()
                .intoArray(into, at);
    }

    private static float most(float[] x, int from, int width) {
        int whole = width / L * L;
        FloatVector most = FloatVector.zero(Lanes.FLOATS);
        for (int i = 0; i < whole; i += L) {
            most = most.max(FloatVector.fromArray(Lanes.FLOATS, x, from + i).abs());
        }
        float max = most.reduceLanes(VectorOperators.MAX);
        for (int i = whole; i < width; i++) {
            max = Math.max(max, Math.abs(x[from + i]));
        }
        return max;
    }
}
