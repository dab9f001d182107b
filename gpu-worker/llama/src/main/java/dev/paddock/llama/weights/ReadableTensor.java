package dev.paddock.llama.weights;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** A tensor in mapped files. */
interface ReadableTensor {
    TensorInfo info();

    /** Rows in Hugging Face order as fp32; {@code destination} takes them from its position on, which advances. */
    void readRows(long firstRow, long rows, FloatBuffer destination);

    /** Its numbers as {@link TensorInfo#type} has them, little endian. */
    ByteBuffer raw();

    /** Bytes that all its parts take in the files. */
    long storedBytes();

    /** Refuses rows that the tensor does not have, or that the destination has no room for. */
    default void requireRows(long firstRow, long rows, FloatBuffer destination) {
        TensorInfo info = info();
        if (firstRow < 0 || rows < 0 || firstRow > info.rows() - rows) {
            throw new IllegalArgumentException(
                    "rows " + firstRow + " to " + (firstRow + rows) + " lie outside the tensor's " + info.rows());
        }
        if (destination.remaining() < rows * info.columns()) {
            throw new IllegalArgumentException(
                    "room for " + destination.remaining() + " numbers; needed are " + rows * info.columns());
        }
    }
}
