package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@code e^x} with a relative error of at most 2e-6: {@code 2^n e^r} with n the nearest whole number to {@code x / ln 2}, and a
 * polynomial of degree 6 for {@code e^r}. Arguments are brought to -87 to 88 first, where results are normal numbers.
 */
public final class Exponentials {
    private static final float LEAST = -87;
    private static final float MOST = 88;
    private static final float PER_OCTAVE = 1.442695f;
    /** Adding it leaves a number's whole part in the lowest bits. */
    private static final float WHOLE = 0x1.8p23f;
    /** The logarithm of 2 in two parts, of which the first has trailing zeros enough for exact multiples. */
    private static final float OCTAVE = 355 / 512f;

    private static final float OCTAVE_REST = (float) (Math.log(2) - OCTAVE);

    /** Coefficients of the polynomial. */
    private static final float SECOND = 1 / 2f;

    private static final float THIRD = 1 / 6f;
    private static final float FOURTH = 1 / 24f;
    private static final float FIFTH = 1 / 120f;
    private static final float SIXTH = 1 / 720f;

    private Exponentials() {}

    static FloatVector of(FloatVector x) {
        FloatVector bounded = x.max(LEAST).min(MOST);
        FloatVector shifted = bounded.mul(PER_OCTAVE).add(WHOLE);
        FloatVector octaves = shifted.sub(WHOLE);
        FloatVector rest = octaves.lanewise(VectorOperators.FMA, -OCTAVE, bounded);
        rest = octaves.lanewise(VectorOperators.FMA, -OCTAVE_REST, rest);
        return polynomial(rest)
                .reinterpretAsInts()
                .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                .reinterpretAsFloats();
    }

    private static FloatVector polynomial(FloatVector r) {
        FloatVector sum = FloatVector.broadcast(Lanes.FLOATS, SIXTH);
        sum = sum.fma(r, FloatVector.broadcast(Lanes.FLOATS, FIFTH));
        sum = sum.fma(r, FloatVector.broadcast(Lanes.FLOATS, FOURTH));
        sum = sum.fma(r, FloatVector.broadcast(Lanes.FLOATS, THIRD));
        sum = sum.fma(r, FloatVector.broadcast(Lanes.FLOATS, SECOND));
        sum = sum.fma(r, FloatVector.broadcast(Lanes.FLOATS, 1));
        return sum.fma(r, FloatVector.broadcast(Lanes.FLOATS, 1));
    }

    /**
     * The logarithm of the sum of exponentials.
     *
     * @param values finite numbers from {@code at} on, {@code count} of them
     */
    public static double logSum(float[] values, int at, int count) {
        int whole = at + count / Lanes.COUNT * Lanes.COUNT;
        float most = most(values, at, whole, at + count);
        double sum = 0;
        for (int i = at; i < whole; i += Lanes.COUNT) {
            sum += of(FloatVector.fromArray(Lanes.FLOATS, values, i).sub(most)).reduceLanes(VectorOperators.ADD);
        }
        for (int i = whole; i < at + count; i++) {
            sum += Math.exp(values[i] - most);
        }
        return most + Math.log(sum);
    }

    private static float most(float[] values, int at, int whole, int end) {
        FloatVector lanes = FloatVector.broadcast(Lanes.FLOATS, values[at]);
        for (int i = at; i < whole; i += Lanes.COUNT) {
            lanes = lanes.max(FloatVector.fromArray(Lanes.FLOATS, values, i));
        }
        float most = lanes.reduceLanes(VectorOperators.MAX);
        for (int i = whole; i < end; i++) {
            most = Math.max(most, values[i]);
        }
        return most;
    }

    /**
     * Turns scores into {@code e^(score - highest)} and answers their sum.
     *
     * @param count how many from {@code at} on, a multiple of twice the lanes
     */
    static float softmax(float[] scores, int at, int count) {
        return powers(scores, at, at + count, most(scores, at, at + count, at + count));
    }

    /**
     * Turns numbers into {@code e^(x - less)} and answers their sum. Two vectors at a time, which hide each other's latency; C2 compiles it by
     * itself, and would box vectors in its caller.
     *
     * @param end how far from {@code from} on, a multiple of twice the lanes
     */
    static float powers(float[] values, int from, int end, float less) {
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        FloatVector sums = sum;
        for (int i = from; i < end; i += 2 * Lanes.COUNT) {
            FloatVector x = FloatVector.fromArray(Lanes.FLOATS, values, i)
                    .sub(less)
                    .max(LEAST)
                    .min(MOST);
            FloatVector y = FloatVector.fromArray(Lanes.FLOATS, values, i + Lanes.COUNT)
                    .sub(less)
                    .max(LEAST)
                    .min(MOST);
            FloatVector m = x.mul(PER_OCTAVE).add(WHOLE);
            FloatVector n = y.mul(PER_OCTAVE).add(WHOLE);
            x = m.sub(WHOLE).lanewise(VectorOperators.FMA, -OCTAVE, x);
            y = n.sub(WHOLE).lanewise(VectorOperators.FMA, -OCTAVE, y);
            x = m.sub(WHOLE).lanewise(VectorOperators.FMA, -OCTAVE_REST, x);
            y = n.sub(WHOLE).lanewise(VectorOperators.FMA, -OCTAVE_REST, y);
            FloatVector p = x.fma(SIXTH, FIFTH);
            FloatVector q = y.fma(SIXTH, FIFTH);
            p = p.fma(x, FloatVector.broadcast(Lanes.FLOATS, FOURTH));
            q = q.fma(y, FloatVector.broadcast(Lanes.FLOATS, FOURTH));
            p = p.fma(x, FloatVector.broadcast(Lanes.FLOATS, THIRD));
            q = q.fma(y, FloatVector.broadcast(Lanes.FLOATS, THIRD));
            p = p.fma(x, FloatVector.broadcast(Lanes.FLOATS, SECOND));
            q = q.fma(y, FloatVector.broadcast(Lanes.FLOATS, SECOND));
            p = p.fma(x, FloatVector.broadcast(Lanes.FLOATS, 1));
            q = q.fma(y, FloatVector.broadcast(Lanes.FLOATS, 1));
            p = p.fma(x, FloatVector.broadcast(Lanes.FLOATS, 1));
            q = q.fma(y, FloatVector.broadcast(Lanes.FLOATS, 1));
            p = p.reinterpretAsInts()
                    .add(m.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                    .reinterpretAsFloats();
            q = q.reinterpretAsInts()
                    .add(n.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                    .reinterpretAsFloats();
            p.intoArray(values, i);
            q.intoArray(values, i + Lanes.COUNT);
            sum = sum.add(p);
            sums = sums.add(q);
        }
        return sum.add(sums).reduceLanes(VectorOperators.ADD);
    }
}
