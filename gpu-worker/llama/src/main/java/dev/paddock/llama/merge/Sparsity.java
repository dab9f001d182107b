package dev.paddock.llama.merge;

/** Sets most of a task vector's numbers to 0, so that task vectors disturb each other less. */
public interface Sparsity {
    /**
     * Thins a task vector in place.
     *
     * @param tensor its name
     * @param source its source's number, from 0
     * @param delta the source's numbers less the base's
     */
    void thin(String tensor, int source, float[] delta);

    /** Throws an {@link IllegalArgumentException} for a share that is not above 0 to 1. */
    static void requireDensity(double density) {
        if (!(density > 0 && density <= 1)) {
            throw new IllegalArgumentException("density must be above 0 and at most 1, was " + density);
        }
    }
}
