package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;

/**
 * A matrix of many rows and few columns in fp32, {@code [tiles, columns, TILE]}, such as the second one of a low-rank update.
 */
public final class TallMatrix {
    private static final int L = Lanes.COUNT;
    private static final int TILE = TiledMatrix.TILE;

    private final int rows;
    private final int columns;
    private final float[] weights;

    /** Takes the numbers row by row. */
    public TallMatrix(int rows, int columns, Matrix.Source<float[]> source) {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("a matrix of %d rows and %d columns".formatted(rows, columns));
        }
        this.rows = rows;
        this.columns = columns;
        weights = new float[TiledMatrix.size(Lanes.roundUp(rows, TILE), columns)];
        float[] values = new float[columns];
        for (int row = 0; row < rows; row++) {
            source.read(row, values);
            int to = row / TILE * columns * TILE + row % TILE;
            for (int k = 0; k < columns; k++, to += TILE) {
                weights[to] = values[k];
            }
        }
    }

    /** Bytes that the numbers take. */
    public long bytes() {
        return (long) weights.length * Float.BYTES;
    }

    /**
     * {@code y[b] += W x[b]} of {@code count} rows, on the caller's thread. What a row gets does not hang on the others, to the bit.
     *
     * @param x rows of as many numbers as there are columns
     * @param y rows of as many numbers as there are rows of the matrix
     */
    public void add(Rows x, int count, Rows y) {
        int whole = rows / TILE * TILE;
        for (int row = 0; row < whole; row += TILE) {
            for (int b = 0; b < count; b++) {
                add(row * columns, x.values(), x.at(b), y.values(), y.at(b) + row);
            }
        }
        for (int row = whole; row < rows; row++) {
            for (int b = 0; b < count; b++) {
                addOne(whole * columns + row - whole, x.values(), x.at(b), y.values(), y.at(b) + row);
            }
        }
    }

    private void add(int from, float[] x, int at, float[] y, int to) {
        FloatVector a = FloatVector.fromArray(Lanes.FLOATS, y, to);
        FloatVector b = FloatVector.fromArray(Lanes.FLOATS, y, to + L);
        for (int k = 0; k < columns; k++) {
            FloatVector z = FloatVector.broadcast(Lanes.FLOATS, x[at + k]);
            a = FloatVector.fromArray(Lanes.FLOATS, weights, from + k * TILE).fma(z, a);
            b = FloatVector.fromArray(Lanes.FLOATS, weights, from + k * TILE + L)
                    .fma(z, b);
        }
        a.intoArray(y, to);
        b.intoArray(y, to + L);
    }

    /** One output of the last tile where that is not whole. */
    private void addOne(int from, float[] x, int at, float[] y, int to) {
        float sum = y[to];
        for (int k = 0; k < columns; k++) {
            sum = Math.fma(weights[from + k * TILE], x[at + k], sum);
        }
        y[to] = sum;
    }
}
