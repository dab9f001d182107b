package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** bfloat16 numbers in pairs, the even column in the low half: {@code [tiles, pairs of columns, TILE]}. */
final class BfloatMatrix extends TiledMatrix {
    private static final int L = Lanes.COUNT;
    private static final int HIGH = 0xFFFF0000;
    private final int[] weights;

    BfloatMatrix(int rows, int columns, Source<float[]> source) {
        super(rows, columns);
        weights = new int[size(tiles(), pairs(), TILE)];
        float[] values = new float[columns];
        for (int row = 0; row < rows; row++) {
            source.read(row, values);
            for (int k = 0; k < columns; k++) {
                weights[place(row, k)] |= Bfloats.round(values[k]) << (16 * (k % 2));
            }
        }
    }

    private int pairs() {
        return (columns() + 1) / 2;
    }

    private int place(int row, int column) {
        return (row / TILE * pairs() + column / 2) * TILE + row % TILE;
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
    void multiply(int firstTile, int lastTile, Input x, float[] y, int at) {
        for (int tile = firstTile; tile < lastTile; tile++) {
            multiply(tile, x.values(), x.first(), y, at + (tile - firstTile) * TILE);
        }
    }

    private void multiply(int tile, float[] in, int first, float[] y, int at) {
        int w = tile * pairs() * TILE;
        int k = first;
        int end = k + columns();
        FloatVector a = FloatVector.zero(Lanes.FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (; k < end - 1; k += 2, w += TILE) {
            IntVector p = pairs(w);
            IntVector q = pairs(w + L);
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
            b = even(pairs(w + L)).fma(z, b);
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
    void expand(int tile, int firstColumn, int columns, float[] into) {
        int w = (tile * pairs() + firstColumn / 2) * TILE;
        int to = 0;
        for (int k = 0; k < columns - 1; k += 2, w += TILE, to += 2 * TILE) {
            IntVector p = pairs(w);
            IntVector q = pairs(w + L);
            even(p).intoArray(into, to);
            even(q).intoArray(into, to + L);
            odd(p).intoArray(into, to + 2 * L);
            odd(q).intoArray(into, to + 3 * L);
        }
        if (columns % 2 == 1) {
            even(pairs(w)).intoArray(into, to);
            even(pairs(w + L)).intoArray(into, to + L);
        }
    }
}
