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
    private final int first;
    private final float[] weights;

    /** Numbers that a matrix of so many rows takes for each of its columns. */
    public static int height(int rows) {
        return Lanes.roundUp(rows, TILE);
    }

    /**
     * Takes the numbers row by row.
     *
     * @param memory where they are put: {@link #height} rows of as many numbers as there are columns
     */
    public TallMatrix(int rows, Rows memory, Matrix.Source<float[]> source) {
        if (rows < 1 || memory.stride() < 1 || memory.at(height(rows)) > memory.values().length) {
            throw new IllegalArgumentException("%d rows of %d columns from number %d of %d"
                    .formatted(rows, memory.stride(), memory.first(), memory.values().length));
        }
        this.rows = rows;
        columns = memory.stride();
        first = memory.first();
        weights = memory.values();
        float[] values = new float[columns];
        for (int row = 0; row < rows; row++) {
            source.read(row, values);
            int to = first + row / TILE * columns * TILE + row % TILE;
            for (int k = 0; k < columns; k++, to += TILE) {
                weights[to] = values[k];
            }
        }
    }

    /** Bytes that the numbers take. */
    public long bytes() {
        return (long) height(rows) * columns * Float.BYTES;
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
                add(first + row * columns, x.values(), x.at(b), y.values(), y.at(b) + row);
            }
        }
        for (int row = whole; row < rows; row++) {
            for (int b = 0; b < count; b++) {
                addOne(first + whole * columns + row - whole, x.values(), x.at(b), y.values(), y.at(b) + row);
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
