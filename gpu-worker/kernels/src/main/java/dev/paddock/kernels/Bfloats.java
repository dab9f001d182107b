package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/** bfloat16 numbers: the upper halves of fp32 ones. */
final class Bfloats {
    private Bfloats() {}

    /** Finite numbers rounded to nearest, ties to even, in the lower halves. */
    static IntVector rounded(FloatVector values) {
        IntVector bits = values.reinterpretAsInts();
        IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(1);
        return bits.add(odd).add(0x7FFF).lanewise(VectorOperators.LSHR, 16);
    }

    /** The lower halves. */
    static ShortVector halves(IntVector numbers) {
        return (ShortVector) numbers.convertShape(VectorOperators.I2S, Lanes.SHORTS, 0);
    }

    /** The nearest one, in the lower half; of two the even one. */
    static int round(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (bits >>> 16) | 0x40;
        }
        return (bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16;
    }

    static float load(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** As many as a vector has lanes. */
    static FloatVector load(short[] numbers, int at) {
        IntVector wide = (IntVector)
                ShortVector.fromArray(Lanes.SHORTS, numbers, at).convertShape(VectorOperators.S2I, Lanes.INTS, 0);
        return wide.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
    }
}
