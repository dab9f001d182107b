package dev.paddock.llama.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A matrix in NF4 (arXiv:2305.14314) in bitsandbytes' parts: the places of all numbers, two in a byte, and the scales of blocks of
 * 64, which run over the rows' ends.
 *
 * @param packed {@code [(elements + 1) / 2]} bytes
 * @param storedBytes of all parts
 */
record Nf4Tensor(TensorInfo info, StoredTensor packed, Nf4Scales scales, long storedBytes) implements ReadableTensor {
    private static final int BLOCK = TensorType.NF4.blockElements();
    private static final int PACKED_BYTES = BLOCK / 2;
    private static final int BLOCK_BYTES = TensorType.NF4.blockBytes();
    /** Blocks that are decoded at once. */
    private static final int MOST = 4096;

    @Override
    public void readRows(long firstRow, long rows, FloatBuffer destination) {
        requireRows(firstRow, rows, destination);
        long next = firstRow * info.columns();
        long end = next + rows * info.columns();
        float[] numbers = new float[(int) Math.min(MOST, (end - next) / BLOCK + 2) * BLOCK];
        while (next < end) {
            long block = next / BLOCK;
            int count = (int) Math.min(numbers.length / BLOCK, (end - 1) / BLOCK - block + 1);
            decode(block, count, numbers);
            int skipped = (int) (next - block * BLOCK);
            int taken = (int) Math.min((long) count * BLOCK - skipped, end - next);
            destination.put(numbers, skipped, taken);
            next += taken;
        }
    }

    private void decode(long first, int count, float[] numbers) {
        byte[] blocks = new byte[count * BLOCK_BYTES];
        place(first, count, ByteBuffer.wrap(blocks).order(ByteOrder.LITTLE_ENDIAN));
        for (int i = 0; i < count; i++) {
            NormalFloat.decode(blocks, i * BLOCK_BYTES, numbers, i * BLOCK);
        }
    }

    /** Blocks of a scale and its numbers' places. */
    @Override
    public ByteBuffer raw() {
        if (info.bytes() > Integer.MAX_VALUE) {
            throw new UnsupportedOperationException("a tensor of " + info.bytes() + " bytes has no single buffer");
        }
        ByteBuffer blocks = ByteBuffer.allocateDirect((int) info.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        int count = blocks.capacity() / BLOCK_BYTES;
        for (int first = 0; first < count; first += MOST) {
            place(first, Math.min(MOST, count - first), blocks);
        }
        return blocks.flip().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Puts blocks one after the other; places that the last one lacks are zeros. */
    private void place(long first, int count, ByteBuffer into) {
        float[] values = scales.read(first, count);
        long from = first * PACKED_BYTES;
        long bytes = Math.min((long) count * PACKED_BYTES, packed.info().bytes() - from);
        ByteBuffer places = packed.part(from, (int) bytes);
        byte[] block = new byte[PACKED_BYTES];
        for (float scale : values) {
            int present = Math.min(PACKED_BYTES, places.remaining());
            places.get(block, 0, present);
            into.putFloat(scale).put(block, 0, present).position(into.position() + PACKED_BYTES - present);
        }
    }
}
