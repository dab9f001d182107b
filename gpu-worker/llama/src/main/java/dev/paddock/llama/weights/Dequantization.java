package dev.paddock.llama.weights;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** Stored bytes to fp32 numbers. */
final class Dequantization {
    private static final int SCRATCH_BYTES = 1 << 16;

    private Dequantization() {}

    /**
     * Decodes whole blocks.
     *
     * @param bytes little endian, whole blocks
     * @param destination takes the numbers from its position on
     */
    static void read(TensorType type, ByteBuffer bytes, FloatBuffer destination) {
        if (type == TensorType.F32) {
            destination.put(bytes.asFloatBuffer());
            return;
        }
        BlockDecoder decoder = BlockDecoder.of(type);
        int most = Math.min(bytes.remaining(), SCRATCH_BYTES) / type.blockBytes();
        byte[] scratch = new byte[most * type.blockBytes()];
        float[] numbers = new float[most * type.blockElements()];
        while (bytes.hasRemaining()) {
            int blocks = Math.min(most, bytes.remaining() / type.blockBytes());
            bytes.get(scratch, 0, blocks * type.blockBytes());
            for (int i = 0; i < blocks; i++) {
                decoder.decode(scratch, i * type.blockBytes(), numbers, i * type.blockElements());
            }
            destination.put(numbers, 0, blocks * type.blockElements());
        }
    }
}
