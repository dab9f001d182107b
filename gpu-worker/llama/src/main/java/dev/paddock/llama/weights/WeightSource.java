package dev.paddock.llama.weights;

import dev.paddock.llama.config.LlamaConfig;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Set;

/**
 * A model's weights in memory-mapped files, by their Hugging Face names (such as
 * {@code model.layers.0.self_attn.q_proj.weight}) and in Hugging Face row order, whatever the kind of file. Safe for use by
 * several threads.
 */
public interface WeightSource extends AutoCloseable {
    LlamaConfig config();

    /** Names of all tensors; without {@code lm_head.weight} where the output is tied. */
    Set<String> names();

    /** What the file says of a tensor; an unknown name is an {@link IllegalArgumentException}. */
    TensorInfo info(String name);

    /**
     * Reads some rows, dequantized to fp32.
     *
     * @param firstRow first row, from 0
     * @param rows number of rows
     * @param destination takes {@code rows * columns} numbers from its position on, which advances
     */
    void readRows(String name, long firstRow, long rows, FloatBuffer destination);

    /** Reads a whole tensor, dequantized to fp32; {@code destination}'s position advances by its elements. */
    default void read(String name, FloatBuffer destination) {
        readRows(name, 0, info(name).rows(), destination);
    }

    /** Bytes that a tensor takes in the files, with the scales and tables that lie apart. */
    default long storedBytes(String name) {
        return info(name).bytes();
    }

    /**
     * A tensor's stored bytes (little endian), rows in Hugging Face order: the mapped file itself (read-only), or a copy where
     * the file has its rows in another order, or a block's parts in several places.
     *
     * @throws UnsupportedOperationException for a tensor of 2 GiB or more
     */
    ByteBuffer raw(String name);

    @Override
    void close();
}
