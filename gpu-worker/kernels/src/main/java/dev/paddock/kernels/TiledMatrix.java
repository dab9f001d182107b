package dev.paddock.kernels;

/**
 * A matrix in tiles of two vectors of rows, which lie column by column, so that memory is read from its beginning to its end. Rows
 * that fill the last tile up are zeros.
 */
abstract sealed class TiledMatrix implements Matrix
        permits FloatMatrix, BfloatMatrix, EightBitMatrix, FourBitMatrix, CodeBookMatrix {
    /** Rows of a tile. */
    static final int TILE = 2 * Lanes.COUNT;

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
        return Lanes.roundUp(rows, TILE);
    }

    final int tiles() {
        return stride() / TILE;
    }

    /** Groups of columns that share a scale. */
    final int groups() {
        return columns / GROUP;
    }

    /** {@code y = W x} of some tiles and one row of x, whose {@code y} begins at {@code at}. */
    abstract void multiply(int firstTile, int lastTile, Input x, float[] y, int at);

    /** Writes some columns of a tile as fp32, {@code [columns, TILE]}. */
    abstract void expand(int tile, int firstColumn, int columns, float[] into);

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
