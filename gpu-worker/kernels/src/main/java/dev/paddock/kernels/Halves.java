package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/** Finite half-precision numbers (IEEE 754 binary16) to fp32, exactly: their bits at fp32's place, times the difference of the biases. */
final class Halves {
    private static final int SIGN_AND_MAGNITUDE = 0x8FFFE000;
    private static final float BIAS = 0x1p112f;
    private static final FloatVector BIASES = FloatVector.broadcast(Lanes.FLOATS, BIAS);

    private Halves() {}

    /** As many as a vector has lanes. */
    static FloatVector load(short[] halves, int at) {
        IntVector wide = (IntVector)
                ShortVector.fromArray(Lanes.SHORTS, halves, at).convertShape(VectorOperators.S2I, Lanes.INTS, 0);
        return wide.lanewise(VectorOperators.LSHL, 13)
                .and(SIGN_AND_MAGNITUDE)
                .reinterpretAsFloats()
                .mul(BIASES);
    }

    /** Some vectors of them. */
    static void load(short[] halves, int from, int count, float[] into) {
        for (int i = 0; i < count; i += Lanes.COUNT) {
            load(halves, from + i).intoArray(into, i);
        }
    }

    static float load(short half) {
        return Float.intBitsToFloat((half << 13) & SIGN_AND_MAGNITUDE) * BIAS;
    }

    /** Two bytes, the least significant first. */
    static short read(byte[] bytes, int at) {
        return (short) ((bytes[at] & 0xFF) | (bytes[at + 1] << 8));
    }

    /** A half-precision number with the other sign. */
    static short negative(short half) {
        return (short) (half ^ 0x8000);
    }

    /** A half-precision number times a power of 2, {@code 2^exponent}. */
    static short times(short half, int exponent) {
        int sign = half & 0x8000;
        int magnitude = half & 0x7FFF;
        if ((magnitude >> 10) + exponent > 30) {
            throw new IllegalArgumentException("a scale of %s is too large".formatted(load(half)));
        }
        if (magnitude >= 1 << 10) {
            return (short) (sign | (magnitude + (exponent << 10)));
        }
        int shift = Math.min(exponent, Integer.numberOfLeadingZeros(magnitude) - Integer.numberOfLeadingZeros(1 << 10));
        return (short) (sign | ((magnitude << shift) + ((exponent - shift) << 10)));
    }
}
