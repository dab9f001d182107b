package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/** bfloat16 numbers: the upper halves of fp32 ones. */
public final class Bfloats {
    private Bfloats() {}

    /** Finite numbers rounded to nearest, ties to even, in the lower halves. */
    static IntVector rounded(FloatVector values) {
        IntVector bits = values.reinterpretAsInts();
        IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(1);
        return bits.add(odd).add(0x7FFF).lanewise(VectorOperators.LSHR, 16);
    }

    /** Rounds numbers {@code [first, first + count)} to nearest, ties to even, to the beginning of {@code into}. */
    public static void round(float[] numbers, int first, int count, short[] into) {
        int whole = count / Lanes.COUNT * Lanes.COUNT;
        FloatVector finite = FloatVector.zero(Lanes.FLOATS);
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            FloatVector some = FloatVector.fromArray(Lanes.FLOATS, numbers, first + i);
            halves(rounded(some)).intoArray(into, i);
            finite = some.fma(FloatVector.zero(Lanes.FLOATS), finite);
        }
        boolean all = !Float.isNaN(finite.reduceLanes(VectorOperators.ADD));
        for (int i = all ? whole : 0; i < count; i++) {
            into[i] = (short) round(numbers[first + i]);
        }
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
