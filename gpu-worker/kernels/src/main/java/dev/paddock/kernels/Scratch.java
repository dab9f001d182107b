package dev.paddock.kernels;

/**
 * Room for the products of some tiles with one row of x.
 *
 * @param sums of some places, {@code [PLACES, TOGETHER · TILE]}
 * @param factors what they, or a group's x, are multiplied with, {@code [PLACES, TILE]}
 */
@SuppressWarnings("ArrayRecordComponent")
record Scratch(float[] sums, float[] factors) {
    static final int PLACES = 128;

    static Scratch allocate() {
        return new Scratch(
                new float[TiledMatrix.TOGETHER * PLACES * TiledMatrix.TILE], new float[PLACES * TiledMatrix.TILE]);
    }
}
