package dev.paddock.kernels;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Some columns of a tile in fp32, {@code [columns, TILE]}, and the tile's products with several rows of x, {@code [rows, TILE]}, as
 * far as its columns have come.
 */
final class Panel {
    /** Most columns in a panel, which is then 8 KiB where vectors have 16 lanes: rows of x stay in the processor's first cache beside it. */
    static final int COLUMNS = 64;

    private static final int L = Lanes.COUNT;
    private static final int TILE = TiledMatrix.TILE;
    private static final int ROWS = RowBlocks.ROWS;
    private static final int HALF = ROWS / 2;
    /** Whether the processor's registers hold the sums of eight rows: it has 32 of 512 bits, and 16 of 256. */
    private static final boolean SIXTEEN_SUMS = L == 16;

    private static final int NONE = -1;
    private static final float[] NO_STARTS = new float[ROWS];

    private final float[] weights = new float[COLUMNS * TILE];
    private final float[] scales = new float[COLUMNS / Matrix.GROUP * TILE];
    private final float[] sums = new float[Products.MOST_ROWS * TILE];

    /** Multiplies a tile with all rows; y takes the products from {@code output} on. */
    void multiply(TiledMatrix matrix, int tile, RowBlocks x, Rows y, int output) {
        Arrays.fill(sums, 0, Lanes.roundUp(x.rows(), RowBlocks.ROWS) * TILE, 0);
        for (int column = 0; column < matrix.columns(); column += COLUMNS) {
            int columns = Math.min(COLUMNS, matrix.columns() - column);
            matrix.expand(tile, column, columns, weights);
            int width = matrix.width();
            matrix.scales(tile, column / width, (columns + width - 1) / width, scales);
            for (int k = 0, scale = 0; k < columns; k += width, scale += TILE) {
                int count = Math.min(width, columns - k);
                int group = matrix.offset() == 0 ? NONE : (column + k) / width;
                add(k, count, scale, x, x.values(), x.at(0, column + k), x.at(ROWS, 0), group);
            }
        }
        if (matrix.hasMinima()) {
            addMinima(matrix, tile, x);
        }
        for (int row = 0; row < x.rows(); row++) {
            System.arraycopy(sums, row * TILE, y.values(), y.at(row) + output, TILE);
        }
    }

    private void addMinima(TiledMatrix matrix, int tile, RowBlocks x) {
        Arrays.fill(scales, 0, TILE, 1);
        for (int group = 0; group < matrix.groups(); group += COLUMNS) {
            int groups = Math.min(COLUMNS, matrix.groups() - group);
            matrix.minima(tile, group, groups, weights);
            add(0, groups, 0, x, x.starts(), x.startsAt(0, group), x.startsAt(ROWS, 0), NONE);
        }
    }

    /**
     * Adds the scaled products of some columns of the panel with all rows.
     *
     * @param column the first one's place in the panel
     * @param scale where the scales begin
     * @param x what the columns are multiplied with, in blocks of rows
     * @param first where the first column of the first block begins
     * @param stride from one block to the next
     * @param group whose starts the sums have, or {@link #NONE}
     */
    private void add(int column, int columns, int scale, RowBlocks rows, float[] x, int first, int stride, int group) {
        float[] starts = group == NONE ? NO_STARTS : rows.starts();
        for (int row = 0; row < rows.rows(); row += ROWS) {
            int at = first + row / ROWS * stride;
            int start = group == NONE ? 0 : rows.startsAt(row, group);
            boolean full = rows.rows() - row > HALF;
            if (full && SIXTEEN_SUMS) {
                eight(column, columns, x, at, starts, start, scale, row * TILE);
            } else {
                four(column, columns, x, at, starts, start, scale, row * TILE);
                if (full) {
                    four(column, columns, x, at + HALF, starts, start + HALF, scale, (row + HALF) * TILE);
                }
            }
        }
    }

    /** The eight rows of a block. Counting columns and nothing else lets C2 check all bounds before the loop. */
    private void eight(int column, int columns, float[] x, int first, float[] starts, int start, int scale, int to) {
        FloatVector a0 = FloatVector.broadcast(Lanes.FLOATS, starts[start]);
        FloatVector a1 = a0;
        FloatVector b0 = FloatVector.broadcast(Lanes.FLOATS, starts[start + 1]);
        FloatVector b1 = b0;
        FloatVector c0 = FloatVector.broadcast(Lanes.FLOATS, starts[start + 2]);
        FloatVector c1 = c0;
        FloatVector d0 = FloatVector.broadcast(Lanes.FLOATS, starts[start + 3]);
        FloatVector d1 = d0;
        FloatVector e0 = FloatVector.broadcast(Lanes.FLOATS, starts[start + 4]);
        FloatVector e1 = e0;
        FloatVector f0 = FloatVector.broadcast(Lanes.FLOATS, starts[start + 5]);
        FloatVector f1 = f0;
        FloatVector g0 = FloatVector.broadcast(Lanes.FLOATS, starts[start + 6]);
        FloatVector g1 = g0;
        FloatVector h0 = FloatVector.broadcast(Lanes.FLOATS, starts[start + 7]);
        FloatVector h1 = h0;
        for (int k = 0; k < columns; k++) {
            FloatVector u = FloatVector.fromArray(Lanes.FLOATS, weights, (column + k) * TILE);
            FloatVector v = FloatVector.fromArray(Lanes.FLOATS, weights, (column + k) * TILE + L);
            int at = first + k * ROWS;
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
        FloatVector s = FloatVector.fromArray(Lanes.FLOATS, scales, scale);
        FloatVector t = FloatVector.fromArray(Lanes.FLOATS, scales, scale + L);
        a0.fma(s, FloatVector.fromArray(Lanes.FLOATS, sums, to)).intoArray(sums, to);
        a1.fma(t, FloatVector.fromArray(Lanes.FLOATS, sums, to + L)).intoArray(sums, to + L);
        b0.fma(s, FloatVector.fromArray(Lanes.FLOATS, sums, to + TILE)).intoArray(sums, to + TILE);
        b1.fma(t, FloatVector.fromArray(Lanes.FLOATS, sums, to + TILE + L)).intoArray(sums, to + TILE + L);
        c0.fma(s, FloatVector.fromArray(Lanes.FLOATS, sums, to + 2 * TILE)).intoArray(sums, to + 2 * TILE);
        c1.fma(t, FloatVector.fromArray(Lanes.FLOATS, sums, to + 2 * TILE + L)).intoArray(sums, to + 2 * TILE + L);
        d0.fma(s, FloatVector.fromArray(Lanes.FLOATS, sums, to + 3 * TILE)).intoArray(sums, to + 3 * TILE);
        d1.fma(t, FloatVector.fromArray(Lanes.FLOATS, sums, to + 3 * TILE + L)).intoArray(sums, to + 3 * TILE + L);
        e0.fma(s, FloatVector.fromArray(Lanes.FLOATS, sums, to + 4 * TILE)).intoArray(sums, to + 4 * TILE);
        e1.fma(t, FloatVector.fromArray(Lanes.FLOATS, sums, to + 4 * TILE + L)).intoArray(sums, to + 4 * TILE + L);
        f0.fma(s, FloatVector.fromArray(Lanes.FLOATS, sums, to + 5 * TILE)).intoArray(sums, to + 5 * TILE);
        f1.fma(t, FloatVector.fromArray(Lanes.FLOATS, sums, to + 5 * TILE + L)).intoArray(sums, to + 5 * TILE + L);
        g0.fma(s, FloatVector.fromArray(Lanes.FLOATS, sums, to + 6 * TILE)).intoArray(sums, to + 6 * TILE);
        g1.fma(t, FloatVector.fromArray(Lanes.FLOATS, sums, to + 6 * TILE + L)).intoArray(sums, to + 6 * TILE + L);
        h0.fma(s, FloatVector.fromArray(Lanes.FLOATS, sums, to + 7 * TILE)).intoArray(sums, to + 7 * TILE);
        h1.fma(t, FloatVector.fromArray(Lanes.FLOATS, sums, to + 7 * TILE + L)).intoArray(sums, to + 7 * TILE + L);
    }

    /** Four rows of a block. */
    private void four(int column, int columns, float[] x, int first, float[] starts, int start, int scale, int to) {
        FloatVector a0 = FloatVector.broadcast(Lanes.FLOATS, starts[start]);
        FloatVector a1 = a0;
        FloatVector b0 = FloatVector.broadcast(Lanes.FLOATS, starts[start + 1]);
        FloatVector b1 = b0;
        FloatVector c0 = FloatVector.broadcast(Lanes.FLOATS, starts[start + 2]);
        FloatVector c1 = c0;
        FloatVector d0 = FloatVector.broadcast(Lanes.FLOATS, starts[start + 3]);
        FloatVector d1 = d0;
        for (int k = 0; k < columns; k++) {
            FloatVector u = FloatVector.fromArray(Lanes.FLOATS, weights, (column + k) * TILE);
            FloatVector v = FloatVector.fromArray(Lanes.FLOATS, weights, (column + k) * TILE + L);
            int at = first + k * ROWS;
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
        FloatVector s = FloatVector.fromArray(Lanes.FLOATS, scales, scale);
        FloatVector t = FloatVector.fromArray(Lanes.FLOATS, scales, scale + L);
        a0.fma(s, FloatVector.fromArray(Lanes.FLOATS, sums, to)).intoArray(sums, to);
        a1.fma(t, FloatVector.fromArray(Lanes.FLOATS, sums, to + L)).intoArray(sums, to + L);
        b0.fma(s, FloatVector.fromArray(Lanes.FLOATS, sums, to + TILE)).intoArray(sums, to + TILE);
        b1.fma(t, FloatVector.fromArray(Lanes.FLOATS, sums, to + TILE + L)).intoArray(sums, to + TILE + L);
        c0.fma(s, FloatVector.fromArray(Lanes.FLOATS, sums, to + 2 * TILE)).intoArray(sums, to + 2 * TILE);
        c1.fma(t, FloatVector.fromArray(Lanes.FLOATS, sums, to + 2 * TILE + L)).intoArray(sums, to + 2 * TILE + L);
        d0.fma(s, FloatVector.fromArray(Lanes.FLOATS, sums, to + 3 * TILE)).intoArray(sums, to + 3 * TILE);
        d1.fma(t, FloatVector.fromArray(Lanes.FLOATS, sums, to + 3 * TILE + L)).intoArray(sums, to + 3 * TILE + L);
    }
}
