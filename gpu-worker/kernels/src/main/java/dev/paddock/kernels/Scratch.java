package dev.paddock.kernels;

/**
 * Room for the products of two tiles with one row of x.
 *
 * @param sums of some places, {@code [PLACES, 2 · TILE]}
 * @param factors what they, or a group's x, are multiplied with, {@code [PLACES, TILE]}
 */
@SuppressWarnings("ArrayRecordComponent")
record Scratch(float[] sums, float[] factors) {
    static final int PLACES = 128;

    static Scratch allocate() {
        return new Scratch(new float[2 * PLACES * TiledMatrix.TILE], new float[PLACES * TiledMatrix.TILE]);
    }
}
