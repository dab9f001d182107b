package dev.paddock.llama.quantization;

import dev.paddock.kernels.CodedBlocks;
import dev.paddock.kernels.Kernels;
import dev.paddock.llama.weights.NormalFloat;

/** Packed numbers of whole blocks to numbers: {@code code · scale}. */
interface Expansion {
    /**
     * To bfloat16, rounded to nearest even.
     *
     * @param packed {@code blocks} times 32 bytes
     * @param scales one for each block
     * @param into takes {@code blocks} times 64 numbers
     */
    void toBfloat16(byte[] packed, float[] scales, int blocks, short[] into);

    /** To fp32. */
    void toFloats(byte[] packed, float[] scales, int blocks, float[] into);

    /** By vectors where this JVM has them. */
    static Expansion best() {
        return Kernels.available() ? vectors() : new PlainExpansion();
    }

    /** Asks for {@link Kernels#available}. */
    static Expansion vectors() {
        CodedBlocks coded = new CodedBlocks(NormalFloat.code());
        return new Expansion() {
            @Override
            public void toBfloat16(byte[] packed, float[] scales, int blocks, short[] into) {
                coded.toBfloat16(packed, scales, blocks, into);
            }

            @Override
            public void toFloats(byte[] packed, float[] scales, int blocks, float[] into) {
                coded.toFloats(packed, scales, blocks, into);
            }
        };
    }
}
