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

    static float load(short half) {
        return Float.intBitsToFloat(half << 13 & SIGN_AND_MAGNITUDE) * BIAS;
    }

    /** Two bytes, the least significant first. */
    static short read(byte[] bytes, int at) {
        return (short) (bytes[at] & 0xFF | bytes[at + 1] << 8);
    }
}
