package dev.paddock.llama.torch;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A tensor's own memory, which Java reads and writes without a copy. The elements follow each other, rows first. What is written
 * is what the next operator sees; nothing else may use the tensor meanwhile.
 */
public final class TensorMemory {
    private final NDArray tensor;
    private final ScalarType type;

    private TensorMemory(NDArray tensor, ScalarType type) {
        this.tensor = tensor;
        this.type = type;
    }

    /**
     * The memory of a tensor, which stays its scope's.
     *
     * @throws IllegalArgumentException when its elements do not follow each other (a view of columns, a transposed matrix), or
     *     have a type that {@link ScalarType} lacks
     */
    public static TensorMemory of(NDArray tensor) {
        int type = Tensors.contiguousType(tensor);
        if (type < 0) {
            throw new IllegalArgumentException("a tensor of shape " + tensor.getShape()
                    + " is not contiguous; give a whole tensor or rows of one");
        }
        return new TensorMemory(tensor, ScalarType.of(type));
    }

    /** Zeroed memory outside the Java heap and its limits, freed with the scope. */
    public static TensorMemory allocate(TensorScope scope, long bytes) {
        return new TensorMemory(Tensors.zeros(scope, ScalarType.UINT8, bytes), ScalarType.UINT8);
    }

    public ScalarType type() {
        return type;
    }

    /** Elements of the tensor. */
    public long elements() {
        return tensor.size();
    }

    /**
     * All bytes, in native order; to be used up before the tensor's scope is closed, which frees them.
     *
     * @throws IllegalStateException when the scope is closed
     * @throws IllegalArgumentException for a tensor of 2 GiB or more, which no buffer spans
     */
    public ByteBuffer bytes() {
        long bytes = elements() * type.bytes();
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a tensor of " + bytes + " bytes is too large for a buffer; it must have less than 2 GiB");
        }
        return tensor.toByteBuffer(true).order(ByteOrder.nativeOrder());
    }
}
