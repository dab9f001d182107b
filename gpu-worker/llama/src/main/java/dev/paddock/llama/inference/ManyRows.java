package dev.paddock.llama.inference;

import dev.paddock.kernels.Rows;
import dev.paddock.llama.adapter.Projection.Group;

/**
 * A model's products for many rows, faster and less exact than those for few: a row's numbers then hang on how many others there are.
 * For the model's own thread.
 */
public interface ManyRows extends AutoCloseable {
    /** Rows from which on they are faster. */
    int fewest();

    /**
     * A layer's product with its bias.
     *
     * @param x {@code [rows, inputs]}
     * @param y takes {@code [rows, outputs]}
     */
    void multiply(int layer, Group product, Rows x, int rows, Rows y);

    /**
     * The product with the vocabulary.
     *
     * @param x {@code [rows, D]} after the last norm
     * @param y takes {@code [rows, V]}
     */
    void outputs(Rows x, int rows, Rows y);

    /** Bytes of its weights. */
    long bytes();

    @Override
    void close();
}
