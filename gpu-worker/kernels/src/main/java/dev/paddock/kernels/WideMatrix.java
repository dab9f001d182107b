package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * A matrix of few rows and many columns in fp32, {@code [rows, columns]}, such as the first one of a low-rank update: a product is as
 * many sums along a row, and no memory is read that holds no weight.
 */
public final class WideMatrix {
    private static final int L = Lanes.COUNT;
    private static final int QUAD = 4;

    private final int rows;
    private final int columns;
    private final int first;
    private final float[] weights;

    /**
     * Takes numbers where they are.
     *
     * @param weights rows of as many numbers as there are columns, which stay the caller's to read and nobody's to change
     */
    public WideMatrix(int rows, Rows weights) {
        if (rows < 1 || weights.stride() < 1 || weights.at(rows) > weights.values().length) {
            throw new IllegalArgumentException("%d rows of %d columns from number %d of %d"
                    .formatted(rows, weights.stride(), weights.first(), weights.values().length));
        }
        this.rows = rows;
        this.columns = weights.stride();
        this.first = weights.first();
        this.weights = weights.values();
    }

    /** Outputs. */
    public int rows() {
        return rows;
    }

    /** Bytes that the numbers take. */
    public long bytes() {
        return (long) rows * columns * Float.BYTES;
    }

    /**
     * {@code y[b] = W x[b]} of {@code count} rows of x, on the caller's thread. What a row gets does not hang on the others, to the bit.
     *
     * @param y rows of at least {@link #rows} numbers
     */
    public void multiply(Rows x, int count, Rows y) {
        int inFours = rows / QUAD * QUAD;
        for (int row = 0; row < inFours; row += QUAD) {
            for (int b = 0; b < count; b++) {
                four(first + row * columns, x.values(), x.at(b), y.values(), y.at(b) + row);
            }
        }
        for (int row = inFours; row < rows; row++) {
            for (int b = 0; b < count; b++) {
                one(first + row * columns, x.values(), x.at(b), y.values(), y.at(b) + row);
            }
        }
    }

    private void four(int from, float[] x, int at, float[] y, int to) {
        int whole = columns / L;
        FloatVector a = FloatVector.zero(Lanes.FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (int i = 0; i < whole; i++) {
            FloatVector z = FloatVector.fromArray(Lanes.FLOATS, x, at + i * L);
            a = weights(from + i * L).fma(z, a);
            b = weights(from + columns + i * L).fma(z, b);
            c = weights(from + 2 * columns + i * L).fma(z, c);
            d = weights(from + 3 * columns + i * L).fma(z, d);
        }
        y[to] = a.reduceLanes(VectorOperators.ADD) + rest(from, x, at);
        y[to + 1] = b.reduceLanes(VectorOperators.ADD) + rest(from + columns, x, at);
        y[to + 2] = c.reduceLanes(VectorOperators.ADD) + rest(from + 2 * columns, x, at);
        y[to + 3] = d.reduceLanes(VectorOperators.ADD) + rest(from + 3 * columns, x, at);
    }

    private void one(int from, float[] x, int at, float[] y, int to) {
        int whole = columns / L;
        FloatVector a = FloatVector.zero(Lanes.FLOATS);
        for (int i = 0; i < whole; i++) {
            a = weights(from + i * L).fma(FloatVector.fromArray(Lanes.FLOATS, x, at + i * L), a);
        }
        y[to] = a.reduceLanes(VectorOperators.ADD) + rest(from, x, at);
    }

    private FloatVector weights(int at) {
        return FloatVector.fromArray(Lanes.FLOATS, weights, at);
    }

    /** The columns after the last whole vector. */
    private float rest(int from, float[] x, int at) {
        float sum = 0;
        for (int i = columns / L * L; i < columns; i++) {
            sum = Math.fma(weights[from + i], x[at + i], sum);
        }
        return sum;
    }
}
