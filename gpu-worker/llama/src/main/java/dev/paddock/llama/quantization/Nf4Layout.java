package dev.paddock.llama.quantization;

import dev.paddock.kernels.CodedBlocks;

/**
 * Where the parts of a matrix lie in its memory: packed numbers (two in a byte), a code for each block's scale, the largest scale
 * of every 256 (fp32), and the scales' mean (fp32).
 *
 * @param elements numbers of the matrix, 1 to about 4 · 10⁹
 */
record Nf4Layout(long elements) {
    Nf4Layout {
        if (elements < 1 || bytes(elements) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a matrix of " + elements + " numbers has no NF4 form; it must have 1 to about 4,000,000,000");
        }
    }

    private static long blocks(long elements) {
        return (elements + CodedBlocks.BLOCK - 1) / CodedBlocks.BLOCK;
    }

    private static long bytes(long elements) {
        long nested = (blocks(elements) + DynamicBlocks.BLOCK - 1) / DynamicBlocks.BLOCK;
        return (elements + 1) / 2 + blocks(elements) + (nested + 1) * Float.BYTES;
    }

    int blocks() {
        return (int) blocks(elements);
    }

    int codesAt() {
        return (int) ((elements + 1) / 2);
    }

    int nestedAt() {
        return codesAt() + blocks();
    }

    int offsetAt() {
        return nestedAt() + DynamicBlocks.count(blocks()) * Float.BYTES;
    }

    int bytes() {
        return (int) bytes(elements);
    }
}
