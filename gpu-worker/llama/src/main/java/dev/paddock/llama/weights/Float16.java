package dev.paddock.llama.weights;

import dev.paddock.kernels.Bfloats;
import dev.paddock.kernels.Kernels;

/** Half precision (IEEE 754 binary16) and bfloat16 as their 16 bits. */
public final class Float16 {
    private static final boolean VECTORS = Kernels.available();

    private Float16() {}

    /** The number of 16 bits in half precision. */
    public static float fromHalf(int bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >>> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wide = exponent == 0x1F ? 0xFF : exponent + 112;
        return Float.intBitsToFloat(sign | (wide << 23) | (fraction << 13));
    }

    /** Rounded to nearest, ties to even. */
    public static short toHalf(float value) {
        int bits = Float.floatToIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7FFFFFFF;
        if (magnitude >= 0x47800000) {
            return (short) (sign | (magnitude > 0x7F800000 ? 0x7E00 : 0x7C00));
        }
        if (magnitude < 0x38800000) {
            return (short) (sign | (int) Math.rint(Float.intBitsToFloat(magnitude) * 0x1p24));
        }
        int rounded = magnitude + 0xFFF + (magnitude >>> 13 & 1);
        return (short) (sign | ((rounded - (112 << 23)) >>> 13));
    }

    /** The number of 16 bits, the upper ones of {@code bits} without effect. */
    public static float fromBfloat16(int bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** Rounds numbers {@code [first, first + count)} to nearest, ties to even, to the beginning of {@code into}. */
    public static void toBfloat16(float[] values, int first, int count, short[] into) {
        if (VECTORS) {
            Bfloats.round(values, first, count, into);
            return;
        }
        for (int i = 0; i < count; i++) {
            into[i] = toBfloat16(values[first + i]);
        }
    }

    /** Rounded to nearest, ties to even. */
    public static short toBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >>> 16) | 0x40);
        }
        return (short) ((bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16);
    }
}
