package dev.paddock.kernels;

/** A matrix in tiles of {@link Lanes#COUNT} rows; the number of tiles is even, rows that are filled up are zeros. */
abstract sealed class TiledMatrix implements Matrix permits FloatMatrix, BfloatMatrix, EightBitMatrix, FourBitMatrix {
    private final int rows;
    private final int columns;

    TiledMatrix(int rows, int columns) {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("a matrix of %d rows and %d columns".formatted(rows, columns));
        }
        this.rows = rows;
        this.columns = columns;
    }

    @Override
    public final int rows() {
        return rows;
    }

    @Override
    public final int columns() {
        return columns;
    }

    @Override
    public final int stride() {
        return Lanes.roundUp(rows, 2 * Lanes.COUNT);
    }

    final int tiles() {
        return stride() / Lanes.COUNT;
    }

    /** Groups of columns that share a scale. */
    final int groups() {
        return columns / GROUP;
    }

    /** {@code y = W x} of four tiles and one row of x. */
    abstract void multiplyFour(int tile, Input x, float[] y, int at);

    /** {@code y = W x} of two tiles and one row of x. */
    abstract void multiplyTwo(int tile, Input x, float[] y, int at);

    /** Writes some columns of a tile as fp32, {@code [columns, lanes]}. */
    abstract void expand(int tile, int firstColumn, int columns, float[] into, int at);

    static int size(int... factors) {
        int product = 1;
        for (int factor : factors) {
            product = Math.multiplyExact(product, factor);
        }
        return product;
    }

    final void requireGroups() {
        if (columns % GROUP != 0) {
            throw new IllegalArgumentException(
                    "%d columns; numbers with scales ask for a multiple of %d".formatted(columns, GROUP));
        }
    }
}
