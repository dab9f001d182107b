package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** bfloat16 numbers in pairs, the even column in the low half: {@code [tiles, pairs of columns, lanes]}. */
final class BfloatMatrix extends TiledMatrix {
    private static final int L = Lanes.COUNT;
    private static final int HIGH = 0xFFFF0000;
    private final int[] weights;

    BfloatMatrix(int rows, int columns, Source<float[]> source) {
        super(rows, columns);
        weights = new int[size(tiles(), pairs(), L)];
        float[] values = new float[columns];
        for (int row = 0; row < rows; row++) {
            source.read(row, values);
            for (int k = 0; k < columns; k++) {
                weights[place(row, k)] |= round(values[k]) << (16 * (k % 2));
            }
        }
    }

    private int pairs() {
        return (columns() + 1) / 2;
    }

    private int place(int row, int column) {
        return (row / L * pairs() + column / 2) * L + row % L;
    }

    private static int round(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (bits >>> 16) | 0x40;
        }
        return (bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16;
    }

    @Override
    public long bytes() {
        return (long) weights.length * Integer.BYTES;
    }

    @Override
    public void row(int row, float[] into, int at) {
        for (int k = 0; k < columns(); k++) {
            int pair = weights[place(row, k)];
            into[at + k] = Float.intBitsToFloat(k % 2 == 0 ? pair << 16 : pair & HIGH);
        }
    }

    @Override
    void multiplyFour(int tile, Input x, float[] y, int at) {
        multiplyTwo(tile, x, y, at);
        multiplyTwo(tile + 2, x, y, at + 2 * L);
    }

    @Override
    void multiplyTwo(int tile, Input x, float[] y, int at) {
        float[] in = x.values();
        int stride = pairs() * L;
        int w = tile * stride;
        int k = x.first();
        int end = k + columns();
        FloatVector a = FloatVector.zero(Lanes.FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (; k < end - 1; k += 2, w += L) {
            IntVector p = pairs(w);
            IntVector q = pairs(w + stride);
            FloatVector z = FloatVector.broadcast(Lanes.FLOATS, in[k]);
            a = even(p).fma(z, a);
            b = even(q).fma(z, b);
            z = FloatVector.broadcast(Lanes.FLOATS, in[k + 1]);
            c = odd(p).fma(z, c);
            d = odd(q).fma(z, d);
        }
        if (k < end) {
            FloatVector z = FloatVector.broadcast(Lanes.FLOATS, in[k]);
            a = even(pairs(w)).fma(z, a);
            b = even(pairs(w + stride)).fma(z, b);
        }
        a.add(c).intoArray(y, at);
        b.add(d).intoArray(y, at + L);
    }

    private IntVector pairs(int at) {
        return IntVector.fromArray(Lanes.INTS, weights, at);
    }

    private static FloatVector even(IntVector pairs) {
        return pairs.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
    }

    private static FloatVector odd(IntVector pairs) {
        return pairs.and(HIGH).reinterpretAsFloats();
    }

    /** Begins at an even column. */
    @Override
    void expand(int tile, int firstColumn, int columns, float[] into, int at) {
        int w = (tile * pairs() + firstColumn / 2) * L;
        int to = at;
        for (int k = 0; k < columns - 1; k += 2, w += L, to += 2 * L) {
            IntVector p = pairs(w);
            even(p).intoArray(into, to);
            odd(p).intoArray(into, to + L);
        }
        if (columns % 2 == 1) {
            even(pairs(w)).intoArray(into, to);
        }
    }
}
