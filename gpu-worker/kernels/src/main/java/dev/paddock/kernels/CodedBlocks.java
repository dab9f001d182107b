package dev.paddock.kernels;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/**
 * Numbers as places in a code book of sixteen, two in a byte, the first one in the high half; {@link #BLOCK} of them share a
 * scale. A block's sixteen products of code and scale are computed once (and rounded once), then looked up. For use by several
 * threads at once.
 */
public final class CodedBlocks {
    /** Numbers that share a scale. */
    public static final int BLOCK = 64;

    /** Numbers of a code book. */
    static final int BOOK = 16;

    private static final int BYTES = BLOCK / 2;
    private static final int L = Lanes.COUNT;
    /** Every byte of a vector's first and second half twice: once for each of its numbers. */
    private static final VectorShuffle<Integer> FIRST_TWICE = VectorShuffle.fromOp(Lanes.INTS, lane -> lane / 2);

    private static final VectorShuffle<Integer> SECOND_TWICE = VectorShuffle.fromOp(Lanes.INTS, lane -> (L + lane) / 2);
    /** Where a number begins in its byte. */
    private static final int[] SHIFTS = shifts();

    private final float[] code;

    /** @param code the code book, sixteen numbers */
    public CodedBlocks(float[] code) {
        requireBook(code);
        this.code = code.clone();
    }

    static void requireBook(float[] code) {
        if (code.length != BOOK) {
            throw new IllegalArgumentException("the code book has " + code.length + " numbers; it must have " + BOOK);
        }
    }

    /**
     * {@code code · scale} as bfloat16, rounded to nearest, ties to even.
     *
     * @param packed {@code blocks} times 32 bytes
     * @param scales one for each block, finite
     * @param into takes {@code blocks} times {@link #BLOCK} numbers
     */
    public void toBfloat16(byte[] packed, float[] scales, int blocks, short[] into) {
        for (int block = 0; block < blocks; block++) {
            IntVector first = Bfloats.rounded(product(0, scales[block]));
            IntVector last = L < BOOK ? Bfloats.rounded(product(BOOK - L, scales[block])) : first;
            int at = block * BYTES;
            for (int i = 0; i < BYTES; i += L) {
                IntVector pairs = pairs(packed, at + i);
                IntVector even = lookUp(first, last, pairs.lanewise(VectorOperators.LSHR, 4));
                IntVector odd = lookUp(first, last, pairs);
                even.or(odd.lanewise(VectorOperators.LSHL, 16))
                        .reinterpretAsShorts()
                        .intoArray(into, 2 * (at + i));
            }
        }
    }

    /** {@code code · scale} in fp32; arguments as for {@link #toBfloat16}. */
    public void toFloats(byte[] packed, float[] scales, int blocks, float[] into) {
        IntVector shifts = IntVector.fromArray(Lanes.INTS, SHIFTS, 0);
        for (int block = 0; block < blocks; block++) {
            IntVector first = product(0, scales[block]).reinterpretAsInts();
            IntVector last = L < BOOK ? product(BOOK - L, scales[block]).reinterpretAsInts() : first;
            int at = block * BYTES;
            for (int i = 0; i < BYTES; i += L) {
                IntVector pairs = pairs(packed, at + i);
                numbers(first, last, pairs.rearrange(FIRST_TWICE), shifts).intoArray(into, 2 * (at + i));
                numbers(first, last, pairs.rearrange(SECOND_TWICE), shifts).intoArray(into, 2 * (at + i) + L);
            }
        }
    }

    private static FloatVector numbers(IntVector first, IntVector last, IntVector bytes, IntVector shifts) {
        return lookUp(first, last, bytes.lanewise(VectorOperators.LSHR, shifts)).reinterpretAsFloats();
    }

    private static int[] shifts() {
        int[] shifts = new int[L];
        for (int lane = 0; lane < L; lane += 2) {
            shifts[lane] = 4;
        }
        return shifts;
    }

    private FloatVector product(int from, float scale) {
        return FloatVector.fromArray(Lanes.FLOATS, code, from).mul(scale);
    }

    private static IntVector pairs(byte[] packed, int at) {
        return (IntVector)
                ByteVector.fromArray(Lanes.BYTES, packed, at).convertShape(VectorOperators.B2I, Lanes.INTS, 0);
    }

    /**
     * The book's numbers at the places that the lowest four bits name. Vectors of 8 lanes hold the book in two halves.
     */
    static IntVector lookUp(IntVector first, IntVector last, IntVector bits) {
        if (L >= BOOK) {
            return first.rearrange(bits.and(BOOK - 1).toShuffle());
        }
        VectorShuffle<Integer> within = bits.and(L - 1).toShuffle();
        return first.rearrange(within)
                .blend(
                        last.rearrange(within),
                        bits.lanewise(VectorOperators.LSHL, 28).compare(VectorOperators.LT, 0));
    }
}
