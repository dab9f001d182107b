package dev.paddock.llama.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Tensors from Java and back. Conversions happen inside TorchScript, because DJL's own conversion to bfloat16 ends the
 * JVM.
 */
public final class Tensors {
    private static final String METHODS = """
              def reinterpret(self: SELF, x: Tensor, dtype: int, shape: List[int]) -> Tensor:
                return torch.reshape(torch.view_copy(x, dtype=dtype), shape)
              def convert(self: SELF, x: Tensor, dtype: int) -> Tensor:
                return x.to(dtype, False, True)
              def bytes(self: SELF, x: Tensor) -> Tensor:
                return torch.view_copy(torch.reshape(torch.contiguous(x), [-1]), dtype=0)
              def zeros(self: SELF, shape: List[int], dtype: int) -> Tensor:
                return torch.zeros(shape, dtype=dtype)
              def fill(self: SELF, into: Tensor, row: int, from_: Tensor):
                torch.copy_(torch.slice(into, 0, row, row + from_.size(0)), from_)
              def layout(self: SELF, x: Tensor) -> int:
                dtype = ops.prim.dtype(x)
                if not x.is_contiguous():
                  dtype = -1
                return dtype
            """;

    private Tensors() {}

    private static final class Holder {
        static final ScriptModule MODULE = ScriptModule.load(METHODS);
    }

    /** fp32 [shape] from Java floats, copied. */
    public static NDArray floats(TensorScope scope, float[] values, long... shape) {
        return scope.manager().create(FloatBuffer.wrap(values), new Shape(shape), DataType.FLOAT32);
    }

    /** int64 [shape] from Java longs, copied. */
    public static NDArray longs(TensorScope scope, long[] values, long... shape) {
        return scope.manager().create(values, new Shape(shape));
    }

    /** Zeros of the given type. */
    public static NDArray zeros(TensorScope scope, ScalarType type, long... shape) {
        return Holder.MODULE.tensor(scope, "zeros", shape, type.code());
    }

    /**
     * A tensor of the given type from its little-endian bytes, copied once: {@code bytes} is read from position to
     * limit, mapped files included, and is not needed afterwards.
     */
    public static NDArray fromBytes(TensorScope scope, ByteBuffer bytes, ScalarType type, long... shape) {
        long expected = new Shape(shape).size() * type.bytes();
        if (bytes.remaining() != expected) {
            throw new IllegalArgumentException(
                    "%s %s takes %d bytes, got %d".formatted(type, new Shape(shape), expected, bytes.remaining()));
        }
        try (TensorScope raw = TensorScope.open()) {
            ByteBuffer view = bytes.slice().order(ByteOrder.nativeOrder());
            NDArray octets = raw.manager().create(view, new Shape(expected), DataType.UINT8);
            return Holder.MODULE.tensor(scope, "reinterpret", octets, type.code(), shape);
        }
    }

    /** The tensor in another type; the same values anew where it has that type already. */
    public static NDArray convert(TensorScope scope, NDArray tensor, ScalarType type) {
        return Holder.MODULE.tensor(scope, "convert", tensor, type.code());
    }

    /** Values of a tensor of any floating type. */
    public static float[] toFloats(NDArray tensor) {
        try (TensorScope scope = TensorScope.open()) {
            return convert(scope, tensor, ScalarType.FLOAT32).toFloatArray();
        }
    }

    /** The little-endian bytes of a tensor of any type, rows first. */
    public static ByteBuffer toBytes(NDArray tensor) {
        try (TensorScope scope = TensorScope.open()) {
            NDArray octets = Holder.MODULE.tensor(scope, "bytes", tensor);
            return ByteBuffer.wrap(octets.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** Copies {@code from} over the rows of {@code into} from {@code firstRow} on, converting its type. */
    public static void copyRows(NDArray into, long firstRow, NDArray from) {
        Holder.MODULE.run("fill", into, firstRow, from);
    }

    /** libtorch's number of a tensor's type where its elements follow each other in memory, rows first; else -1. */
    static int contiguousType(NDArray tensor) {
        return (int) Holder.MODULE.integer("layout", tensor);
    }
}
