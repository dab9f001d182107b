package dev.paddock.kernels;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Some columns of a tile in fp32, {@code [columns, TILE]}, and the tile's products with several rows of x, {@code [rows, TILE]}, as
 * far as its columns have come.
 */
final class Panel {
    /** Most columns in a panel, which is then 16 KiB where vectors have 16 lanes. */
    static final int COLUMNS = 128;

    private static final int L = Lanes.COUNT;
    private static final int TILE = TiledMatrix.TILE;
    private static final int HALF = RowBlocks.ROWS / 2;
    /** Whether the processor's registers hold the sums of eight rows: it has 32 of 512 bits, and 16 of 256. */
    private static final boolean SIXTEEN_SUMS = L == 16;

    private final float[] weights = new float[COLUMNS * TILE];
    private final float[] sums = new float[Products.MOST_ROWS * TILE];

    /** Multiplies a tile with all rows; y takes the products from {@code output} on. */
    void multiply(TiledMatrix matrix, int tile, RowBlocks x, Rows y, int output) {
        Arrays.fill(sums, 0, Lanes.roundUp(x.rows(), RowBlocks.ROWS) * TILE, 0);
        for (int column = 0; column < matrix.columns(); column += COLUMNS) {
            int columns = Math.min(COLUMNS, matrix.columns() - column);
            matrix.expand(tile, column, columns, weights);
            add(columns, column, x);
        }
        for (int row = 0; row < x.rows(); row++) {
            System.arraycopy(sums, row * TILE, y.values(), y.at(row) + output, TILE);
        }
    }

    private void add(int columns, int column, RowBlocks x) {
        for (int row = 0; row < x.rows(); row += RowBlocks.ROWS) {
            int at = x.at(row, column);
            boolean full = x.rows() - row > HALF;
            if (full && SIXTEEN_SUMS) {
                eight(columns, x.values(), at, row * TILE);
            } else {
                four(columns, x.values(), at, row * TILE);
                if (full) {
                    four(columns, x.values(), at + HALF, (row + HALF) * TILE);
                }
            }
        }
    }

    /** The eight rows of a block. Counting columns and nothing else lets C2 check all bounds before the loop. */
    private void eight(int columns, float[] x, int first, int to) {
        FloatVector a0 = sum(to);
        FloatVector a1 = sum(to + L);
        FloatVector b0 = sum(to + TILE);
        FloatVector b1 = sum(to + TILE + L);
        FloatVector c0 = sum(to + 2 * TILE);
        FloatVector c1 = sum(to + 2 * TILE + L);
        FloatVector d0 = sum(to + 3 * TILE);
        FloatVector d1 = sum(to + 3 * TILE + L);
        FloatVector e0 = sum(to + 4 * TILE);
        FloatVector e1 = sum(to + 4 * TILE + L);
        FloatVector f0 = sum(to + 5 * TILE);
        FloatVector f1 = sum(to + 5 * TILE + L);
        FloatVector g0 = sum(to + 6 * TILE);
        FloatVector g1 = sum(to + 6 * TILE + L);
        FloatVector h0 = sum(to + 7 * TILE);
        FloatVector h1 = sum(to + 7 * TILE + L);
        for (int k = 0; k < columns; k++) {
            FloatVector u = FloatVector.fromArray(Lanes.FLOATS, weights, k * TILE);
            FloatVector v = FloatVector.fromArray(Lanes.FLOATS, weights, k * TILE + L);
            int at = first + k * RowBlocks.ROWS;
            FloatVector z = FloatVector.broadcast(Lanes.FLOATS, x[at]);
            a0 = u.fma(z, a0);
            a1 = v.fma(z, a1);
            z = FloatVector.broadcast(Lanes.FLOATS, x[at + 1]);
            b0 = u.fma(z, b0);
            b1 = v.fma(z, b1);
            z = FloatVector.broadcast(Lanes.FLOATS, x[at + 2]);
            c0 = u.fma(z, c0);
            c1 = v.fma(z, c1);
            z = FloatVector.broadcast(Lanes.FLOATS, x[at + 3]);
            d0 = u.fma(z, d0);
            d1 = v.fma(z, d1);
            z = FloatVector.broadcast(Lanes.FLOATS, x[at + 4]);
            e0 = u.fma(z, e0);
            e1 = v.fma(z, e1);
            z = FloatVector.broadcast(Lanes.FLOATS, x[at + 5]);
            f0 = u.fma(z, f0);
            f1 = v.fma(z, f1);
            z = FloatVector.broadcast(Lanes.FLOATS, x[at + 6]);
            g0 = u.fma(z, g0);
            g1 = v.fma(z, g1);
            z = FloatVector.broadcast(Lanes.FLOATS, x[at + 7]);
            h0 = u.fma(z, h0);
            h1 = v.fma(z, h1);
        }
        a0.intoArray(sums, to);
        a1.intoArray(sums, to + L);
        b0.intoArray(sums, to + TILE);
        b1.intoArray(sums, to + TILE + L);
        c0.intoArray(sums, to + 2 * TILE);
        c1.intoArray(sums, to + 2 * TILE + L);
        d0.intoArray(sums, to + 3 * TILE);
        d1.intoArray(sums, to + 3 * TILE + L);
        e0.intoArray(sums, to + 4 * TILE);
        e1.intoArray(sums, to + 4 * TILE + L);
        f0.intoArray(sums, to + 5 * TILE);
        f1.intoArray(sums, to + 5 * TILE + L);
        g0.intoArray(sums, to + 6 * TILE);
        g1.intoArray(sums, to + 6 * TILE + L);
        h0.intoArray(sums, to + 7 * TILE);
        h1.intoArray(sums, to + 7 * TILE + L);
    }

    /** Four rows of a block. */
    private void four(int columns, float[] x, int first, int to) {
        FloatVector a0 = sum(to);
        FloatVector a1 = sum(to + L);
        FloatVector b0 = sum(to + TILE);
        FloatVector b1 = sum(to + TILE + L);
        FloatVector c0 = sum(to + 2 * TILE);
        FloatVector c1 = sum(to + 2 * TILE + L);
        FloatVector d0 = sum(to + 3 * TILE);
        FloatVector d1 = sum(to + 3 * TILE + L);
        for (int k = 0; k < columns; k++) {
            FloatVector u = FloatVector.fromArray(Lanes.FLOATS, weights, k * TILE);
            FloatVector v = FloatVector.fromArray(Lanes.FLOATS, weights, k * TILE + L);
            int at = first + k * RowBlocks.ROWS;
            FloatVector z = FloatVector.broadcast(Lanes.FLOATS, x[at]);
            a0 = u.fma(z, a0);
            a1 = v.fma(z, a1);
            z = FloatVector.broadcast(Lanes.FLOATS, x[at + 1]);
            b0 = u.fma(z, b0);
            b1 = v.fma(z, b1);
            z = FloatVector.broadcast(Lanes.FLOATS, x[at + 2]);
            c0 = u.fma(z, c0);
            c1 = v.fma(z, c1);
            z = FloatVector.broadcast(Lanes.FLOATS, x[at + 3]);
            d0 = u.fma(z, d0);
            d1 = v.fma(z, d1);
        }
        a0.intoArray(sums, to);
        a1.intoArray(sums, to + L);
        b0.intoArray(sums, to + TILE);
        b1.intoArray(sums, to + TILE + L);
        c0.intoArray(sums, to + 2 * TILE);
        c1.intoArray(sums, to + 2 * TILE + L);
        d0.intoArray(sums, to + 3 * TILE);
        d1.intoArray(sums, to + 3 * TILE + L);
    }

    private FloatVector sum(int at) {
        return FloatVector.fromArray(Lanes.FLOATS, sums, at);
    }
}
