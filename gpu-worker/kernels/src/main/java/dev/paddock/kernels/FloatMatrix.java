package dev.paddock.kernels;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** fp32 numbers, {@code [tiles, columns, TILE]}. */
final class FloatMatrix extends TiledMatrix {
    private static final int L = Lanes.COUNT;
    private static final int WIDTH = 64;

    private final float[] weights;

    FloatMatrix(int rows, int columns, Source<float[]> source) {
        super(rows, columns);
        weights = new float[size(tiles(), columns, TILE)];
        float[] values = new float[columns];
        for (int row = 0; row < rows; row++) {
            source.read(row, values);
            for (int k = 0; k < columns; k++) {
                weights[place(row, k)] = values[k];
            }
        }
    }

    private int place(int row, int column) {
        return (row / TILE * columns() + column) * TILE + row % TILE;
    }

    @Override
    public long bytes() {
        return (long) weights.length * Float.BYTES;
    }

    @Override
    public void row(int row, float[] into, int at) {
        for (int k = 0; k < columns(); k++) {
            into[at + k] = weights[place(row, k)];
        }
    }

    @Override
    void sum(int tile, int last, int firstPlace, int places, Input in, float[] sums) {
        float[] x = in.values();
        int second = ahead(tile, 1, last, columns() * TILE);
        int third = ahead(tile, 2, last, columns() * TILE);
        int fourth = ahead(tile, 3, last, columns() * TILE);
        int v = (tile * columns() + firstPlace * WIDTH) * TILE;
        int k = in.first() + firstPlace * WIDTH;
        int end = in.first() + columns();
        for (int place = 0; place < places; place++, v += WIDTH * TILE, k += WIDTH) {
            FloatVector a = FloatVector.zero(Lanes.FLOATS);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            FloatVector e = a;
            FloatVector f = a;
            FloatVector g = a;
            FloatVector h = a;
            int count = Math.min(WIDTH, end - k);
            for (int i = 0; i < count; i++) {
                FloatVector z = FloatVector.broadcast(Lanes.FLOATS, x[k + i]);
                a = weights(v + i * TILE).fma(z, a);
                b = weights(v + i * TILE + L).fma(z, b);
                c = weights(v + second + i * TILE).fma(z, c);
                d = weights(v + second + i * TILE + L).fma(z, d);
                e = weights(v + third + i * TILE).fma(z, e);
                f = weights(v + third + i * TILE + L).fma(z, f);
                g = weights(v + fourth + i * TILE).fma(z, g);
                h = weights(v + fourth + i * TILE + L).fma(z, h);
            }
            int to = place * TOGETHER * TILE;
            a.intoArray(sums, to);
            b.intoArray(sums, to + L);
            c.intoArray(sums, to + 2 * L);
            d.intoArray(sums, to + 3 * L);
            e.intoArray(sums, to + 4 * L);
            f.intoArray(sums, to + 5 * L);
            g.intoArray(sums, to + 6 * L);
            h.intoArray(sums, to + 7 * L);
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

    private FloatVector weights(int at) {
        return FloatVector.fromArray(Lanes.FLOATS, weights, at);
    }

    @Override
    void expand(int tile, int firstColumn, int columns, float[] into) {
        System.arraycopy(weights, (tile * columns() + firstColumn) * TILE, into, 0, columns * TILE);
    }
}
