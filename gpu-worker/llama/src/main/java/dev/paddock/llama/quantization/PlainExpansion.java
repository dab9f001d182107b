package dev.paddock.llama.quantization;

import dev.paddock.kernels.CodedBlocks;
import dev.paddock.llama.weights.Float16;
import dev.paddock.llama.weights.NormalFloat;

/** Without the Vector API, to the same bits: a block's sixteen numbers are computed once, then looked up. */
final class PlainExpansion implements Expansion {
    private static final int BYTES = CodedBlocks.BLOCK / 2;
    private final float[] code = NormalFloat.code();

    @Override
    public void toBfloat16(byte[] packed, float[] scales, int blocks, short[] into) {
        short[] numbers = new short[code.length];
        for (int block = 0; block < blocks; block++) {
            for (int i = 0; i < code.length; i++) {
                numbers[i] = Float16.toBfloat16(code[i] * scales[block]);
            }
            for (int i = block * BYTES; i < (block + 1) * BYTES; i++) {
                into[2 * i] = numbers[packed[i] >> 4 & 0xF];
                into[2 * i + 1] = numbers[packed[i] & 0xF];
            }
        }
    }

    @Override
    public void toFloats(byte[] packed, float[] scales, int blocks, float[] into) {
        float[] numbers = new float[code.length];
        for (int block = 0; block < blocks; block++) {
            for (int i = 0; i < code.length; i++) {
                numbers[i] = code[i] * scales[block];
            }
            for (int i = block * BYTES; i < (block + 1) * BYTES; i++) {
                into[2 * i] = numbers[packed[i] >> 4 & 0xF];
                into[2 * i + 1] = numbers[packed[i] & 0xF];
            }
        }
    }
}
