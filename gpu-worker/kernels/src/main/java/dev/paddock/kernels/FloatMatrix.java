package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;

/** fp32 numbers, {@code [tiles, columns, TILE]}. */
final class FloatMatrix extends TiledMatrix {
    private static final int L = Lanes.COUNT;
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
    void multiply(int firstTile, int lastTile, Input x, float[] y, int at) {
        for (int tile = firstTile; tile < lastTile; tile++) {
            multiply(tile, x.values(), x.first(), y, at + (tile - firstTile) * TILE);
        }
    }

    private void multiply(int tile, float[] x, int first, float[] y, int at) {
        int w = tile * columns() * TILE;
        int k = first;
        int end = k + columns();
        FloatVector a = FloatVector.zero(Lanes.FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (; k < end - 1; k += 2, w += 2 * TILE) {
            FloatVector z = FloatVector.broadcast(Lanes.FLOATS, x[k]);
            a = weights(w).fma(z, a);
            b = weights(w + L).fma(z, b);
            z = FloatVector.broadcast(Lanes.FLOATS, x[k + 1]);
            c = weights(w + 2 * L).fma(z, c);
            d = weights(w + 3 * L).fma(z, d);
        }
        if (k < end) {
            FloatVector z = FloatVector.broadcast(Lanes.FLOATS, x[k]);
            a = weights(w).fma(z, a);
            b = weights(w + L).fma(z, b);
        }
        a.add(c).intoArray(y, at);
        b.add(d).intoArray(y, at + L);
    }

    private FloatVector weights(int at) {
        return FloatVector.fromArray(Lanes.FLOATS, weights, at);
    }

    @Override
    void expand(int tile, int firstColumn, int columns, float[] into) {
        System.arraycopy(weights, (tile * columns() + firstColumn) * TILE, into, 0, columns * TILE);
    }
}
