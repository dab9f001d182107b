package dev.paddock.kernels;

/** A matrix whose tiles are multiplied with one row of x one after the other. */
abstract sealed class TileByTile extends TiledMatrix permits FloatMatrix, BfloatMatrix, EightBitMatrix, CodeBookMatrix {
    TileByTile(int rows, int columns) {
        super(rows, columns);
    }

    @Override
    final void sum(int tile, int other, int firstPlace, int places, Input x, float[] sums) {
        sum(tile, firstPlace, places, x, sums, 0);
        if (other != tile) {
            sum(other, firstPlace, places, x, sums, TILE);
        }
    }

    /** The products of one tile, which begin at {@code to} in {@code [places, 2 · TILE]}. */
    abstract void sum(int tile, int firstPlace, int places, Input x, float[] sums, int to);
}
