package dev.paddock.llama.quantization;

import java.util.Arrays;

/**
 * The mean of fp32 numbers with the roundings of libtorch's {@code mean} on one thread: 32 running sums (four vectors of eight),
 * each in four levels, so that long sums lose little. NF4's offset is such a mean.
 */
final class CascadeSum {
    private static final int LANES = 8;
    private static final int VECTORS = 4;
    private static final int LEVELS = 4;

    private CascadeSum() {}

    static float mean(float[] values) {
        return sum(values) / values.length;
    }

    private static float sum(float[] values) {
        if (values.length < LANES) {
            return rows(values, 1)[0];
        }
        float[] lanes = rows(values, LANES);
        float sum = 0;
        for (int i = values.length / LANES * LANES; i < values.length; i++) {
            sum += values[i];
        }
        for (float lane : lanes) {
            sum += lane;
        }
        return sum;
    }

    /** Sums of whole vectors of the given width, lane by lane. */
    private static float[] rows(float[] values, int width) {
        int vectors = values.length / width;
        float[] sums = cascade(values, vectors / VECTORS, VECTORS * width);
        for (int i = vectors / VECTORS * VECTORS * width; i < vectors * width; i++) {
            sums[i % width] += values[i];
        }
        for (int i = width; i < sums.length; i++) {
            sums[i % width] += sums[i];
        }
        return Arrays.copyOf(sums, width);
    }

    /** Column sums of a matrix; after every {@code step} rows (a power of two) a level moves into the next one. */
    private static float[] cascade(float[] values, int rows, int columns) {
        int power = Math.max(4, bits(rows) / LEVELS);
        int step = 1 << power;
        float[][] levels = new float[LEVELS][columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                levels[0][column] += values[row * columns + column];
            }
            if ((row + 1) % step == 0) {
                carry(levels, row + 1, power);
            }
        }
        for (int level = 1; level < LEVELS; level++) {
            add(levels[level], levels[0]);
        }
        return levels[0];
    }

    private static void carry(float[][] levels, int rows, int power) {
        for (int level = 1; level < LEVELS; level++) {
            add(levels[level - 1], levels[level]);
            Arrays.fill(levels[level - 1], 0);
            if ((rows >> (level * power) & ((1 << power) - 1)) != 0) {
                return;
            }
        }
    }

    private static void add(float[] from, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    /** Logarithm to base 2, rounded up. */
    private static int bits(int number) {
        return number <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(number - 1);
    }
}
