package dev.paddock.llama.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Turns fp32 numbers into one block of stored bytes; {@link BlockDecoder} is the way back. */
interface BlockEncoder {
    /**
     * Encodes one block.
     *
     * @param numbers holds the block's elements from {@code from} on
     * @param into little endian; takes the block from its position on, which advances
     */
    void encode(float[] numbers, int from, ByteBuffer into);

    /**
     * The encoder of a type.
     *
     * @throws IllegalArgumentException for a type that is only read
     */
    static BlockEncoder of(TensorType type) {
        return switch (type) {
            case F32 -> (numbers, from, into) -> into.putFloat(numbers[from]);
            case F16 -> (numbers, from, into) -> into.putShort(Float16.toHalf(numbers[from]));
            case BF16 -> (numbers, from, into) -> into.putShort(Float16.toBfloat16(numbers[from]));
            case Q4_0 -> RoundedBlocks::q4_0;
            case Q4_1 -> RoundedBlocks::q4_1;
            case Q8_0 -> RoundedBlocks::q8_0;
            default ->
                throw new IllegalArgumentException(
                        type + " is only read; written are F32, F16, BF16, Q4_0, Q4_1 and Q8_0");
        };
    }

    /** All of {@code numbers}, a multiple of the type's block. */
    static ByteBuffer encode(TensorType type, float[] numbers) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.toIntExact(type.bytes(numbers.length))).order(ByteOrder.LITTLE_ENDIAN);
        BlockEncoder encoder = of(type);
        for (int from = 0; from < numbers.length; from += type.blockElements()) {
            encoder.encode(numbers, from, bytes);
        }
        return bytes.flip();
    }
}
