package dev.paddock.llama.weights;

/** Turns one block of stored bytes into fp32 numbers. */
interface BlockDecoder {
    /**
     * Decodes one block.
     *
     * @param bytes holds the block from {@code at} on
     * @param numbers takes the block's elements from {@code to} on
     */
    void decode(byte[] bytes, int at, float[] numbers, int to);

    static BlockDecoder of(TensorType type) {
        return switch (type) {
            case F32 -> (b, at, out, to) -> out[to] = Float.intBitsToFloat(LittleEndian.int32(b, at));
            case F64 -> (b, at, out, to) -> out[to] = (float) Double.longBitsToDouble(LittleEndian.int64(b, at));
            case F16 -> (b, at, out, to) -> out[to] = Float16.fromHalf(LittleEndian.uint16(b, at));
            case BF16 -> (b, at, out, to) -> out[to] = Float16.fromBfloat16(LittleEndian.uint16(b, at));
            case I64 -> (b, at, out, to) -> out[to] = LittleEndian.int64(b, at);
            case I32 -> (b, at, out, to) -> out[to] = LittleEndian.int32(b, at);
            case I16 -> (b, at, out, to) -> out[to] = (short) LittleEndian.uint16(b, at);
            case I8 -> (b, at, out, to) -> out[to] = b[at];
            case U8, BOOL -> (b, at, out, to) -> out[to] = b[at] & 0xFF;
            case Q4_0 -> Blocks::q4_0;
            case Q4_1 -> Blocks::q4_1;
            case Q5_0 -> Blocks::q5_0;
            case Q5_1 -> Blocks::q5_1;
            case Q8_0 -> Blocks::q8_0;
            case Q4_K -> SuperBlocks::q4k;
            case Q6_K -> SuperBlocks::q6k;
            case NF4 -> NormalFloat::decode;
        };
    }
}
