package dev.paddock.llama.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/** fp32 numbers to the bytes of a floating-point type. */
final class FloatEncoding {
    private FloatEncoding() {}

    /** Bytes of {@code elements} numbers, little endian, which {@code fill} puts into a buffer. */
    static ByteBuffer encode(TensorType type, int elements, Consumer<FloatBuffer> fill) {
        ByteBuffer wide = ByteBuffer.allocateDirect(Math.multiplyExact(elements, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer numbers = wide.asFloatBuffer();
        fill.accept(numbers);
        if (numbers.hasRemaining()) {
            throw new IllegalArgumentException(
                    "got " + numbers.position() + " numbers; the tensor's shape asks for " + elements);
        }
        if (type == TensorType.F32) {
            return wide;
        }
        for (int i = 0; i < elements; i++) {
            float number = numbers.get(i);
            wide.putShort(2 * i, type == TensorType.F16 ? Float16.toHalf(number) : Float16.toBfloat16(number));
        }
        return wide.limit(2 * elements);
    }
}
