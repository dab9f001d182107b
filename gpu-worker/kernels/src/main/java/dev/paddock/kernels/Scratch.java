package dev.paddock.kernels;

/**
 * Room for the products of a tile with one row of x.
 *
 * @param sums of some places, {@code [PLACES, TILE]}
 * @param factors what they, or a group's x, are multiplied with, {@code [PLACES, TILE]}
 */
@SuppressWarnings("ArrayRecordComponent")
record Scratch(float[] sums, float[] factors) {
    static final int PLACES = Panel.COLUMNS;

    static Scratch allocate() {
        return new Scratch(new float[PLACES * TiledMatrix.TILE], new float[PLACES * TiledMatrix.TILE]);
    }
}
