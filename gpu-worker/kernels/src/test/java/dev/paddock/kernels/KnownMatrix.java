package dev.paddock.kernels;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** A random matrix beside the numbers that it must hold. */
@SuppressWarnings("ArrayRecordComponent")
record KnownMatrix(Matrix matrix, float[][] values) {
    static KnownMatrix of(String kind, int rows, int columns, Random random) {
        float[][] values = new float[rows][columns];
        return switch (kind) {
            case "fp32" -> new KnownMatrix(Matrix.fp32(rows, columns, dense(values, random, -1)), values);
            case "bfloat16" ->
                new KnownMatrix(Matrix.bfloat16(rows, columns, dense(values, random, 0xFFFF0000)), values);
            case "eightBit" -> new KnownMatrix(Matrix.eightBit(rows, columns, eightBit(values, random)), values);
            case "fourBit" -> new KnownMatrix(Matrix.fourBit(rows, columns, fourBit(values, random, false)), values);
            case "codeBook" -> new KnownMatrix(Matrix.codeBook(rows, columns, CODE, codeBook(values, random)), values);
            default -> new KnownMatrix(Matrix.fourBitWithMinimum(rows, columns, fourBit(values, random, true)), values);
        };
    }

    private static final float[] CODE = {
        -1, -0.7f, -0.5f, -0.4f, -0.3f, -0.2f, -0.1f, 0, 0.08f, 0.16f, 0.25f, 0.34f, 0.44f, 0.56f, 0.72f, 1.01f
    };

    private static Matrix.Source<byte[]> codeBook(float[][] values, Random random) {
        return (row, into) -> {
            random.nextBytes(into);
            ByteBuffer blocks = ByteBuffer.wrap(into).order(ByteOrder.LITTLE_ENDIAN);
            for (int column = 0; column < values[row].length; column++) {
                int at = column / 64 * 36;
                if (column % 64 == 0) {
                    blocks.putFloat(at, (float) random.nextGaussian());
                }
                int place = (into[at + 4 + column % 64 / 2] >> (column % 2 == 0 ? 4 : 0)) & 15;
                values[row][column] = CODE[place] * blocks.getFloat(at);
            }
        };
    }

    float value(int row, int column) {
        return values[row][column];
    }

    private static Matrix.Source<float[]> dense(float[][] values, Random random, int mask) {
        return (row, into) -> {
            for (int k = 0; k < into.length; k++) {
                int bits = Float.floatToIntBits((float) random.nextGaussian());
                into[k] = Float.intBitsToFloat(bits & mask);
                values[row][k] = into[k];
            }
        };
    }

    private static Matrix.Source<byte[]> eightBit(float[][] values, Random random) {
        return (row, into) -> {
            random.nextBytes(into);
            for (int at = 0; at < into.length; at += 34) {
                float scale = half(into, at, random);
                for (int i = 0; i < 32; i++) {
                    values[row][at / 34 * 32 + i] = scale * into[at + 2 + i];
                }
            }
        };
    }

    private static Matrix.Source<byte[]> fourBit(float[][] values, Random random, boolean minimum) {
        int head = minimum ? 4 : 2;
        return (row, into) -> {
            random.nextBytes(into);
            for (int at = 0; at < into.length; at += head + 16) {
                float scale = half(into, at, random);
                float least = minimum ? half(into, at + 2, random) : -8 * scale;
                for (int i = 0; i < 32; i++) {
                    int number = (into[at + head + i % 16] >> (i / 16 * 4)) & 15;
                    values[row][at / (head + 16) * 32 + i] = number * scale + least;
                }
            }
        };
    }

    /** Writes a half-precision number of the size 2^-8 to 2^-5 and answers it. */
    private static float half(byte[] into, int at, Random random) {
        int fraction = random.nextInt(1024);
        int exponent = 7 + random.nextInt(3);
        boolean negative = random.nextBoolean();
        int bits = (negative ? 0x8000 : 0) | (exponent << 10) | fraction;
        into[at] = (byte) bits;
        into[at + 1] = (byte) (bits >> 8);
        double magnitude = (1 + fraction / 1024.0) * Math.pow(2, exponent - 15);
        return (float) (negative ? -magnitude : magnitude);
    }
}
