package dev.paddock.llama.quantization;

import dev.paddock.kernels.CodedBlocks;
import dev.paddock.kernels.Team;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.TensorMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Turns NF4 matrices into numbers, on the Vector API where this JVM has it. Its threads sleep between matrices. For one caller at
 * a time.
 */
public final class Nf4Dequantizer implements AutoCloseable {
    /** Blocks of a piece, half of those that share a nested scale: 8,192 numbers, which stay in a processor's own cache. */
    private static final int PIECE = DynamicBlocks.BLOCK / 2;

    private final Team team;
    private final Expansion expansion;
    private final Scratch[] scratch;

    /** @param threads threads that work, the caller's among them */
    public Nf4Dequantizer(int threads) {
        this(threads, Expansion.best());
    }

    Nf4Dequantizer(int threads, Expansion expansion) {
        this.expansion = expansion;
        team = new Team(threads);
        scratch = new Scratch[team.parts()];
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = new Scratch();
        }
    }

    /** What one thread works on. */
    private static final class Scratch {
        final byte[] packed = new byte[PIECE * CodedBlocks.BLOCK / 2];
        final byte[] codes = new byte[PIECE];
        final float[] scales = new float[PIECE];
        final short[] bfloats = new short[PIECE * CodedBlocks.BLOCK];
        final float[] floats = new float[PIECE * CodedBlocks.BLOCK];
    }

    /**
     * Writes all numbers.
     *
     * @param stored a matrix's memory, in native order
     * @param from element of {@code into} that takes the first one
     */
    void run(Nf4Layout layout, ByteBuffer stored, TensorMemory into, long from) {
        if (into.type() != ScalarType.BFLOAT16 && into.type() != ScalarType.FLOAT32) {
            throw new IllegalArgumentException("NF4 becomes BFLOAT16 or FLOAT32; the tensor's type is " + into.type());
        }
        ByteBuffer target = into.bytes()
                .position(Math.toIntExact(from * into.type().bytes()))
                .slice()
                .order(ByteOrder.nativeOrder());
        int pieces = (layout.blocks() + PIECE - 1) / PIECE;
        team.run((part, parts) -> {
            int last = (int) ((long) pieces * (part + 1) / parts);
            for (int piece = (int) ((long) pieces * part / parts); piece < last; piece++) {
                expand(layout, stored, piece, into.type(), target, scratch[part]);
            }
        });
    }

    private void expand(
            Nf4Layout layout, ByteBuffer stored, int piece, ScalarType type, ByteBuffer target, Scratch scratch) {
        int first = piece * PIECE;
        int blocks = Math.min(PIECE, layout.blocks() - first);
        long from = (long) first * CodedBlocks.BLOCK;
        int count = (int) Math.min((long) blocks * CodedBlocks.BLOCK, layout.elements() - from);
        stored.get((int) (from / 2), scratch.packed, 0, (count + 1) / 2);
        scales(layout, stored, first, blocks, scratch);
        if (type == ScalarType.BFLOAT16) {
            expansion.toBfloat16(scratch.packed, scratch.scales, blocks, scratch.bfloats);
            target.asShortBuffer().put((int) from, scratch.bfloats, 0, count);
        } else {
            expansion.toFloats(scratch.packed, scratch.scales, blocks, scratch.floats);
            target.asFloatBuffer().put((int) from, scratch.floats, 0, count);
        }
    }

    private static void scales(Nf4Layout layout, ByteBuffer stored, int first, int blocks, Scratch scratch) {
        stored.get(layout.codesAt() + first, scratch.codes, 0, blocks);
        float largest = stored.getFloat(layout.nestedAt() + first / DynamicBlocks.BLOCK * Float.BYTES);
        float offset = stored.getFloat(layout.offsetAt());
        DynamicBlocks.dequantize(DynamicMap.SIGNED, scratch.codes, 0, blocks, largest, scratch.scales);
        for (int i = 0; i < blocks; i++) {
            scratch.scales[i] += offset;
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        team.close();
    }
}
