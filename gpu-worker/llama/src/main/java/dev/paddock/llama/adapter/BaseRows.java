package dev.paddock.llama.adapter;

/** The base's matrices as an executor holds them, row by row in fp32. */
@FunctionalInterface
public interface BaseRows {
    /**
     * Reads one row of a projection's matrix.
     *
     * @param row output, from 0
     * @param into takes the projection's inputs
     */
    void read(int layer, Projection projection, int row, float[] into);
}
