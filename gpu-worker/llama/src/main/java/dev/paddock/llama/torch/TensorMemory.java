package dev.paddock.llama.torch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.weights.Float16;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/**
 * A tensor's own memory, which Java reads and writes without a copy. The elements follow each other, rows first. What is written
 * is what the next operator sees; nothing else may use the tensor meanwhile.
 */
public final class TensorMemory {
    /** Numbers converted before they are written. */
    private static final int CHUNK = 4096;

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

    /**
     * Writes numbers over all elements, in bfloat16 rounded to nearest, ties to even.
     *
     * @throws IllegalArgumentException for another count of numbers or another type than fp32 and bfloat16
     */
    public void write(float[] values) {
        if (values.length != elements()) {
            throw new IllegalArgumentException(values.length + " numbers for a tensor of " + elements());
        }
        writer().put(values, values.length);
    }

    /**
     * Writes from the first element on.
     *
     * @throws IllegalArgumentException for another type than fp32 and bfloat16
     */
    public Writer writer() {
        boolean rounded = isBfloat16();
        return new Writer(bytes(), rounded);
    }

    /** Writes elements one after the other, in bfloat16 rounded to nearest, ties to even. */
    public static final class Writer {
        private final ByteBuffer bytes;
        private final short[] halves;

        private Writer(ByteBuffer bytes, boolean rounded) {
            this.bytes = bytes;
            halves = new short[rounded ? Math.min(CHUNK, bytes.capacity() / Short.BYTES) : 0];
        }

        /** Writes the first {@code count} numbers over the next elements; there must be so many. */
        public void put(float[] values, int count) {
            if (halves.length == 0) {
                bytes.asFloatBuffer().put(values, 0, count);
                bytes.position(bytes.position() + count * Float.BYTES);
                return;
            }
            for (int first = 0; first < count; first += CHUNK) {
                int some = Math.min(CHUNK, count - first);
                Float16.toBfloat16(values, first, some, halves);
                bytes.asShortBuffer().put(halves, 0, some);
                bytes.position(bytes.position() + some * Short.BYTES);
            }
        }

        /** Leaves elements as they are. */
        public void skip(int count) {
            bytes.position(bytes.position() + count * (halves.length == 0 ? Float.BYTES : Short.BYTES));
        }
    }

    /**
     * All elements.
     *
     * @throws IllegalArgumentException for another type than fp32 and bfloat16
     */
    public float[] floats() {
        float[] values = new float[Math.toIntExact(elements())];
        ByteBuffer bytes = bytes();
        if (isBfloat16()) {
            ShortBuffer halves = bytes.asShortBuffer();
            for (int i = 0; i < values.length; i++) {
                values[i] = Float16.fromBfloat16(halves.get(i));
            }
        } else {
            bytes.asFloatBuffer().get(values);
        }
        return values;
    }

    private boolean isBfloat16() {
        if (type != ScalarType.BFLOAT16 && type != ScalarType.FLOAT32) {
            throw new IllegalArgumentException("numbers of type " + type + "; fp32 and bfloat16 are read and written");
        }
        return type == ScalarType.BFLOAT16;
    }
}
