package dev.paddock.kernels;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** bfloat16 numbers in pairs, the even column in the low half: {@code [tiles, pairs of columns, TILE]}. */
final class BfloatMatrix extends TiledMatrix {
    private static final int L = Lanes.COUNT;
    private static final int HIGH = 0xFFFF0000;
    private static final int WIDTH = 64;

    private final int[] weights;

    BfloatMatrix(int rows, int columns, Source<float[]> source) {
        super(rows, columns);
        if (columns % 2 == 1) {
            throw new IllegalArgumentException(
                    "%d columns; bfloat16 numbers ask for an even number".formatted(columns));
        }
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
        return columns() / 2;
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

    /** Two tiles, then two more: four are more than C2 inlines. */
    @Override
    void sum(int tile, int last, int firstPlace, int places, Input in, float[] sums) {
        sumTwo(tile, last, firstPlace, places, in, sums, 0);
        if (tile + 2 <= last) {
            sumTwo(tile + 2, last, firstPlace, places, in, sums, 2 * TILE);
        }
    }

    private void sumTwo(int tile, int last, int firstPlace, int places, Input in, float[] sums, int at) {
        float[] x = in.values();
        int second = ahead(tile, 1, last, pairs() * TILE);
        int v = tile * pairs() * TILE + firstPlace * (WIDTH / 2 * TILE);
        int k = in.first() + firstPlace * WIDTH;
        int end = in.first() + columns();
        for (int place = 0; place < places; place++, v += WIDTH / 2 * TILE, k += WIDTH) {
            FloatVector a = FloatVector.zero(Lanes.FLOATS);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            int count = Math.min(WIDTH, end - k) / 2;
            for (int i = 0; i < count; i++) {
                IntVector p = pairs(v + i * TILE);
                IntVector q = pairs(v + i * TILE + L);
                IntVector r = pairs(v + second + i * TILE);
                IntVector t = pairs(v + second + i * TILE + L);
                FloatVector z = FloatVector.broadcast(Lanes.FLOATS, x[k + 2 * i]);
                a = even(p).fma(z, a);
                b = even(q).fma(z, b);
                c = even(r).fma(z, c);
                d = even(t).fma(z, d);
                z = FloatVector.broadcast(Lanes.FLOATS, x[k + 2 * i + 1]);
                a = odd(p).fma(z, a);
                b = odd(q).fma(z, b);
                c = odd(r).fma(z, c);
                d = odd(t).fma(z, d);
            }
            int to = place * TOGETHER * TILE + at;
            a.intoArray(sums, to);
            b.intoArray(sums, to + L);
            c.intoArray(sums, to + 2 * L);
            d.intoArray(sums, to + 3 * L);
        }
    }

    @Override
    int width() {
        return WIDTH;
    }

    @Override
    void scales(int tile, int firstPlace, int places, float[] into) {
        Arrays.fill(into, 0, places * TILE, 1);
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
        for (int k = 0; k < columns; k += 2, w += TILE, to += 2 * TILE) {
            IntVector p = pairs(w);
            IntVector q = pairs(w + L);
            even(p).intoArray(into, to);
            even(q).intoArray(into, to + L);
            odd(p).intoArray(into, to + 2 * L);
            odd(q).intoArray(into, to + 3 * L);
        }
    }
}
