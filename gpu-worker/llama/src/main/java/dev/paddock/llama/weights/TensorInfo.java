package dev.paddock.llama.weights;

import java.util.List;

/**
 * What a file says of one tensor.
 *
 * @param type how its numbers are stored
 * @param shape sizes, outermost first (rows before columns, as in Hugging Face files)
 */
public record TensorInfo(TensorType type, List<Long> shape) {
    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /** Product of the sizes; 1 for a scalar. */
    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** Outermost size; 1 for a scalar. */
    public long rows() {
        return shape.isEmpty() ? 1 : shape.get(0);
    }

    /** Elements of one row. */
    public long columns() {
        return rows() == 0 ? 0 : elements() / rows();
    }

    /** Bytes of its numbers as {@link #type} has them. */
    public long bytes() {
        return type.bytes(elements());
    }
}
