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
        FloatVector sum = FloatVector.broadcast(Lanes.FLOATS, 1 / 720f);
        sum = sum.fma(r, FloatVector.broadcast(Lanes.FLOATS, 1 / 120f));
        sum = sum.fma(r, FloatVector.broadcast(Lanes.FLOATS, 1 / 24f));
        sum = sum.fma(r, FloatVector.broadcast(Lanes.FLOATS, 1 / 6f));
        sum = sum.fma(r, FloatVector.broadcast(Lanes.FLOATS, 0.5f));
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

    /** Turns scores, whose number is a multiple of the lanes, into {@code e^(score - highest)} and answers their sum. */
    static float softmax(float[] scores, int count) {
        float most = most(scores, 0, count, count);
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        for (int i = 0; i < count; i += Lanes.COUNT) {
            FloatVector power =
                    of(FloatVector.fromArray(Lanes.FLOATS, scores, i).sub(most));
            power.intoArray(scores, i);
            sum = sum.add(power);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }
}
