package dev.paddock.llama.optimizer;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * What an optimizer remembers of trained tensors, and its update rule. The same updates give the same bits, whatever the number of
 * threads, also where state was written and read between them. For one caller at a time.
 */
public interface OptimizerState extends AutoCloseable {
    /** The optimizer's name in the field, such as {@code adamw-8bit}. */
    String name();

    /**
     * Updates one tensor in place.
     *
     * @param tensor its place among those that the state was made for
     * @param parameters its numbers, rows first, from position to limit: best a view of its own memory
     * @param gradients as many, before scaling; not changed
     */
    void update(int tensor, FloatBuffer parameters, FloatBuffer gradients, UpdateStep step);

    /** Bytes that the state takes, in memory or in its file. */
    long bytes();

    /** Writes the state; the channel stays open. */
    void write(WritableByteChannel channel) throws IOException;

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException when it is another optimizer's state, or one of another size; this one is then unchanged
     */
    void read(ReadableByteChannel channel) throws IOException;

    /** Frees the state. */
    @Override
    void close();
}
