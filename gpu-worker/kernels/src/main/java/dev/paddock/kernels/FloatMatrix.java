package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;

/** fp32 numbers, {@code [tiles, columns, lanes]}. */
final class FloatMatrix extends TiledMatrix {
    private static final int L = Lanes.COUNT;
    private final float[] weights;

    FloatMatrix(int rows, int columns, Source<float[]> source) {
        super(rows, columns);
        weights = new float[size(tiles(), columns, L)];
        float[] values = new float[columns];
        for (int row = 0; row < rows; row++) {
            source.read(row, values);
            for (int k = 0; k < columns; k++) {
                weights[place(row, k)] = values[k];
            }
        }
    }

    private int place(int row, int column) {
        return (row / L * columns() + column) * L + row % L;
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
    void multiplyFour(int tile, Input x, float[] y, int at) {
        float[] in = x.values();
        int stride = columns() * L;
        int w = tile * stride;
        FloatVector a = FloatVector.zero(Lanes.FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (int k = x.first(), end = k + columns(); k < end; k++, w += L) {
            FloatVector z = FloatVector.broadcast(Lanes.FLOATS, in[k]);
            a = weights(w).fma(z, a);
            b = weights(w + stride).fma(z, b);
            c = weights(w + 2 * stride).fma(z, c);
            d = weights(w + 3 * stride).fma(z, d);
        }
        a.intoArray(y, at);
        b.intoArray(y, at + L);
        c.intoArray(y, at + 2 * L);
        d.intoArray(y, at + 3 * L);
    }

    @Override
    void multiplyTwo(int tile, Input x, float[] y, int at) {
        float[] in = x.values();
        int stride = columns() * L;
        int w = tile * stride;
        FloatVector a = FloatVector.zero(Lanes.FLOATS);
        FloatVector b = a;
        for (int k = x.first(), end = k + columns(); k < end; k++, w += L) {
            FloatVector z = FloatVector.broadcast(Lanes.FLOATS, in[k]);
            a = weights(w).fma(z, a);
            b = weights(w + stride).fma(z, b);
        }
        a.intoArray(y, at);
        b.intoArray(y, at + L);
    }

    private FloatVector weights(int at) {
        return FloatVector.fromArray(Lanes.FLOATS, weights, at);
    }

    @Override
    void expand(int tile, int firstColumn, int columns, float[] into, int at) {
        System.arraycopy(weights, (tile * columns() + firstColumn) * L, into, at, columns * L);
    }
}
