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

    private int firstColumn;

    /** Takes as many columns as there is room for. */
    void load(TiledMatrix matrix, int tile, int column) {
        firstColumn = column;
        columns = Math.min(COLUMNS, matrix.columns() - column);
        matrix.expand(tile, column, columns, weights);
    }

    /** Adds the products of all rows to those of the columns before, in y from {@code output} on. */
    void multiply(Rows x, int rows, Rows y, int output) {
        if (firstColumn == 0) {
            for (int row = 0; row < rows; row++) {
                int at = y.at(row) + output;
                Arrays.fill(y.values(), at, at + TiledMatrix.TILE, 0);
            }
        }
        int row = 0;
        for (; row + 2 < rows; row += 4) {
            four(x, y, output, row, rows - 1);
        }
        if (row < rows) {
            two(x, y, output, row, rows - 1);
        }
    }

    /** Rows after the last are the last once more: all are read before any is written, so that it counts once. */
    private void four(Rows x, Rows y, int output, int row, int last) {
        float[] in = x.values();
        int i = x.at(row) + firstColumn;
        int j = x.at(Math.min(row + 1, last)) - x.at(row);
        int m = x.at(Math.min(row + 2, last)) - x.at(row);
        int n = x.at(Math.min(row + 3, last)) - x.at(row);
        float[] out = y.values();
        int e = y.at(row) + output;
        int f = y.at(Math.min(row + 1, last)) + output;
        int g = y.at(Math.min(row + 2, last)) + output;
        int h = y.at(Math.min(row + 3, last)) + output;
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

    private void two(Rows x, Rows y, int output, int row, int last) {
        float[] in = x.values();
        int i = x.at(row) + firstColumn;
        int j = x.at(Math.min(row + 1, last)) - x.at(row);
        float[] out = y.values();
        int e = y.at(row) + output;
        int f = y.at(Math.min(row + 1, last)) + output;
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
