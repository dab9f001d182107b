package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/** Finite half-precision numbers (IEEE 754 binary16) to fp32, exactly: their bits at fp32's place, times the difference of the biases. */
final class Halves {
    private static final int SIGN_AND_MAGNITUDE = 0x8FFFE000;
    private static final float BIAS = 0x1p112f;

    private Halves() {}

    /** As many as a vector has lanes. */
    static FloatVector load(short[] halves, int at) {
        IntVector wide = (IntVector)
                ShortVector.fromArray(Lanes.SHORTS, halves, at).convertShape(VectorOperators.S2I, Lanes.INTS, 0);
        return wide.lanewise(VectorOperators.LSHL, 13)
                .and(SIGN_AND_MAGNITUDE)
                .reinterpretAsFloats()
                .mul(BIAS);
    }

    /** Those in the lower halves of ints. */
    static FloatVector lower(IntVector pairs) {
        return upper(pairs.lanewise(VectorOperators.LSHL, 16));
    }

    /** Those in the upper halves of ints. */
    static FloatVector upper(IntVector pairs) {
        return pairs.lanewise(VectorOperators.ASHR, 3)
                .and(SIGN_AND_MAGNITUDE)
                .reinterpretAsFloats()
                .mul(BIAS);
    }

    static float load(short half) {
        return Float.intBitsToFloat((half << 13) & SIGN_AND_MAGNITUDE) * BIAS;
    }

    /** Two bytes, the least significant first. */
    static short read(byte[] bytes, int at) {
        return (short) ((bytes[at] & 0xFF) | (bytes[at + 1] << 8));
    }

    /** A half-precision number times -8. */
    static short timesMinusEight(short half) {
        int sign = ~half & 0x8000;
        int magnitude = half & 0x7FFF;
        int exponent = magnitude >> 10;
        if (exponent > 27) {
            throw new IllegalArgumentException("a scale of %s is too large".formatted(load(half)));
        }
        if (exponent > 0) {
            return (short) (sign | (magnitude + (3 << 10)));
        }
        int shift = Math.min(3, Integer.numberOfLeadingZeros(magnitude) - Integer.numberOfLeadingZeros(1 << 10));
        return (short) (sign | ((magnitude << shift) + ((3 - shift) << 10)));
    }
}
