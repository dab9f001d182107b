package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** What a decoder does between products: norms, positions, gates. */
public final class Elements {
    private static final int L = Lanes.COUNT;

    private Elements() {}

    /**
     * {@code y = x / sqrt(mean(x²) + epsilon) · weight} (Zhang and Sennrich 2019, arXiv:1910.07467).
     *
     * @param weight {@code [columns]}
     */
    public static void rootMeanSquareNorm(float[] x, int at, float[] weight, double epsilon, float[] y, int to) {
        int columns = weight.length;
        int whole = columns / L * L;
        FloatVector squares = FloatVector.zero(Lanes.FLOATS);
        for (int i = 0; i < whole; i += L) {
            FloatVector v = FloatVector.fromArray(Lanes.FLOATS, x, at + i);
            squares = v.fma(v, squares);
        }
        double sum = squares.reduceLanes(VectorOperators.ADD);
        for (int i = whole; i < columns; i++) {
            sum += (double) x[at + i] * x[at + i];
        }
        float scale = (float) (1 / Math.sqrt(sum / columns + epsilon));
        for (int i = 0; i < whole; i += L) {
            FloatVector.fromArray(Lanes.FLOATS, x, at + i)
                    .mul(scale)
                    .mul(FloatVector.fromArray(Lanes.FLOATS, weight, i))
                    .intoArray(y, to + i);
        }
        for (int i = whole; i < columns; i++) {
            y[to + i] = x[at + i] * scale * weight[i];
        }
    }

    /**
     * Turns heads in place, the first half of each against its second (Su et al. 2021, arXiv:2104.09864).
     *
     * @param x {@code heads} heads of {@code headSize} numbers from {@code at} on
     * @param cosines {@code [headSize]} from {@code table} on, both halves alike
     * @param sines {@code [headSize]} from {@code table} on, the first half negated
     */
    public static void rotate(float[] x, int at, int heads, int headSize, float[] cosines, float[] sines, int table) {
        int half = headSize / 2;
        int whole = half / L * L;
        for (int head = at; head < at + heads * headSize; head += headSize) {
            for (int i = 0; i < whole; i += L) {
                FloatVector a = FloatVector.fromArray(Lanes.FLOATS, x, head + i);
                FloatVector b = FloatVector.fromArray(Lanes.FLOATS, x, head + half + i);
                FloatVector cosine = FloatVector.fromArray(Lanes.FLOATS, cosines, table + i);
                FloatVector sine = FloatVector.fromArray(Lanes.FLOATS, sines, table + half + i);
                a.mul(cosine).sub(b.mul(sine)).intoArray(x, head + i);
                b.mul(cosine).add(a.mul(sine)).intoArray(x, head + half + i);
            }
            for (int i = whole; i < half; i++) {
                float a = x[head + i];
                float b = x[head + half + i];
                float cosine = cosines[table + i];
                float sine = sines[table + half + i];
                x[head + i] = a * cosine - b * sine;
                x[head + half + i] = b * cosine + a * sine;
            }
        }
    }

    /**
     * {@code y = silu(gate) · up} (Shazeer 2020, arXiv:2002.05202).
     *
     * @param x {@code size} numbers of gate from {@code at} on, then as many of up
     * @param y takes {@code size} numbers from {@code to} on
     */
    public static void gate(float[] x, int at, int size, float[] y, int to) {
        int whole = size / (2 * L) * (2 * L);
        for (int i = 0; i < whole; i += L) {
            FloatVector.fromArray(Lanes.FLOATS, x, at + i).neg().intoArray(y, to + i);
        }
        Exponentials.powers(y, to, to + whole, 0);
        for (int i = 0; i < whole; i += L) {
            FloatVector.fromArray(Lanes.FLOATS, x, at + i)
                    .mul(FloatVector.fromArray(Lanes.FLOATS, x, at + size + i))
                    .div(FloatVector.fromArray(Lanes.FLOATS, y, to + i).add(1))
                    .intoArray(y, to + i);
        }
        for (int i = whole; i < size; i++) {
            float gate = x[at + i];
            y[to + i] = gate * x[at + size + i] / (1 + (float) Math.exp(-gate));
        }
    }

    /** {@code y += x}. */
    public static void add(float[] x, int at, int count, float[] y, int to) {
        for (int i = 0; i < count; i++) {
            y[to + i] += x[at + i];
        }
    }
}
