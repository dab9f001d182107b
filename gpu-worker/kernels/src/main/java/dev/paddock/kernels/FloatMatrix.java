package dev.paddock.kernels;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** fp32 numbers, {@code [tiles, columns, TILE]}. */
final class FloatMatrix extends TileByTile {
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
    void sum(int tile, int firstPlace, int places, Input in, float[] sums, int to) {
        float[] x = in.values();
        int v = tile * columns() * TILE + firstPlace * WIDTH * TILE;
        int k = in.first() + firstPlace * WIDTH;
        int last = in.first() + columns();
        int end = to + 2 * places * TILE;
        for (int sum = to; sum < end; sum += 2 * TILE, v += WIDTH * TILE, k += WIDTH) {
            FloatVector a = FloatVector.zero(Lanes.FLOATS);
            FloatVector b = a;
            int count = Math.min(WIDTH, last - k);
            for (int i = 0; i < count; i++) {
                FloatVector z = FloatVector.broadcast(Lanes.FLOATS, x[k + i]);
                a = weights(v + i * TILE).fma(z, a);
                b = weights(v + i * TILE + L).fma(z, b);
            }
            a.intoArray(sums, sum);
            b.intoArray(sums, sum + L);
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
