package dev.paddock.kernels;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Some columns of a tile in fp32, {@code [columns, TILE]}, and their products with several rows of x. */
final class Panel {
    /** Most columns in a panel, which is then 16 KiB where vectors have 16 lanes. */
    static final int COLUMNS = 128;

    private static final int L = Lanes.COUNT;
    private final float[] weights = new float[COLUMNS * TiledMatrix.TILE];
    private int columns;

    void load(TiledMatrix matrix, int tile, int firstColumn) {
        columns = Math.min(COLUMNS, matrix.columns() - firstColumn);
        matrix.expand(tile, firstColumn, columns, weights);
    }

    /**
     * The products of all rows.
     *
     * @param x rows from the panel's first column on
     * @param y rows from the tile's outputs on
     * @param more whether they are added to what {@code y} holds
     */
    void multiply(Rows x, int rows, Rows y, boolean more) {
        if (!more) {
            for (int row = 0; row < rows; row++) {
                Arrays.fill(y.values(), y.at(row), y.at(row) + 2 * L, 0);
            }
        }
        int row = 0;
        for (; row + 2 < rows; row += 4) {
            four(x, y, row, rows - 1);
        }
        if (row < rows) {
            two(x, y, row, rows - 1);
        }
    }

    /** Rows after the last are the last once more: all are read before any is written, so that it counts once. */
    private void four(Rows x, Rows y, int row, int last) {
        float[] in = x.values();
        int i = x.at(row);
        int j = x.at(Math.min(row + 1, last)) - i;
        int m = x.at(Math.min(row + 2, last)) - i;
        int n = x.at(Math.min(row + 3, last)) - i;
        float[] out = y.values();
        int e = y.at(row);
        int f = y.at(Math.min(row + 1, last));
        int g = y.at(Math.min(row + 2, last));
        int h = y.at(Math.min(row + 3, last));
        FloatVector a0 = FloatVector.fromArray(Lanes.FLOATS, out, e);
        FloatVector a1 = FloatVector.fromArray(Lanes.FLOATS, out, e + L);
        FloatVector b0 = FloatVector.fromArray(Lanes.FLOATS, out, f);
        FloatVector b1 = FloatVector.fromArray(Lanes.FLOATS, out, f + L);
        FloatVector c0 = FloatVector.fromArray(Lanes.FLOATS, out, g);
        FloatVector c1 = FloatVector.fromArray(Lanes.FLOATS, out, g + L);
        FloatVector d0 = FloatVector.fromArray(Lanes.FLOATS, out, h);
        FloatVector d1 = FloatVector.fromArray(Lanes.FLOATS, out, h + L);
        int end = columns * TiledMatrix.TILE;
        for (int w = 0; w < end; w += TiledMatrix.TILE, i++) {
            FloatVector u = FloatVector.fromArray(Lanes.FLOATS, weights, w);
            FloatVector v = FloatVector.fromArray(Lanes.FLOATS, weights, w + L);
            FloatVector z = FloatVector.broadcast(Lanes.FLOATS, in[i]);
            a0 = u.fma(z, a0);
            a1 = v.fma(z, a1);
            z = FloatVector.broadcast(Lanes.FLOATS, in[i + j]);
            b0 = u.fma(z, b0);
            b1 = v.fma(z, b1);
            z = FloatVector.broadcast(Lanes.FLOATS, in[i + m]);
            c0 = u.fma(z, c0);
            c1 = v.fma(z, c1);
            z = FloatVector.broadcast(Lanes.FLOATS, in[i + n]);
            d0 = u.fma(z, d0);
            d1 = v.fma(z, d1);
        }
        a0.intoArray(out, e);
        a1.intoArray(out, e + L);
        b0.intoArray(out, f);
        b1.intoArray(out, f + L);
        c0.intoArray(out, g);
        c1.intoArray(out, g + L);
        d0.intoArray(out, h);
        d1.intoArray(out, h + L);
    }

    private void two(Rows x, Rows y, int row, int last) {
        float[] in = x.values();
        int i = x.at(row);
        int j = x.at(Math.min(row + 1, last)) - i;
        float[] out = y.values();
        int e = y.at(row);
        int f = y.at(Math.min(row + 1, last));
        FloatVector a0 = FloatVector.fromArray(Lanes.FLOATS, out, e);
        FloatVector a1 = FloatVector.fromArray(Lanes.FLOATS, out, e + L);
        FloatVector b0 = FloatVector.fromArray(Lanes.FLOATS, out, f);
        FloatVector b1 = FloatVector.fromArray(Lanes.FLOATS, out, f + L);
        int end = columns * TiledMatrix.TILE;
        for (int w = 0; w < end; w += TiledMatrix.TILE, i++) {
            FloatVector u = FloatVector.fromArray(Lanes.FLOATS, weights, w);
            FloatVector v = FloatVector.fromArray(Lanes.FLOATS, weights, w + L);
            FloatVector z = FloatVector.broadcast(Lanes.FLOATS, in[i]);
            a0 = u.fma(z, a0);
            a1 = v.fma(z, a1);
            z = FloatVector.broadcast(Lanes.FLOATS, in[i + j]);
            b0 = u.fma(z, b0);
            b1 = v.fma(z, b1);
        }
        a0.intoArray(out, e);
        a1.intoArray(out, e + L);
        b0.intoArray(out, f);
        b1.intoArray(out, f + L);
    }
}
