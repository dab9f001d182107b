package dev.paddock.llama.quantization.posttraining;

import dev.paddock.llama.weights.TensorType;

/**
 * Which numbers a weight may become. Up to 4 bits {@code d · code + m} with codes from 0; from 5 bits on {@code d · code} with codes
 * of both signs, as many of each. The scale {@code d} and the minimum {@code m} are half-precision numbers that a group of a row's
 * weights shares.
 *
 * @param bits 2 to 8
 * @param groupSize weights of a row that share a scale, a multiple of 32; 0 for whole rows
 */
public record Grid(int bits, int groupSize) {
    /** Weights in a block of the file. */
    static final int BLOCK = 32;

    public Grid {
        if (bits < 2 || bits > 8) {
            throw new IllegalArgumentException("bits is " + bits + "; it must be 2 to 8");
        }
        if (groupSize < 0 || groupSize % BLOCK != 0) {
            throw new IllegalArgumentException(
                    "groupSize is " + groupSize + "; it must be a multiple of 32, or 0 for whole rows");
        }
    }

    /** Whether numbers have a minimum of their own, or lie evenly about 0. */
    boolean hasMinimum() {
        return bits <= 4;
    }

    /** The largest code; the least is 0 with a minimum, else its negative. */
    int largestCode() {
        return hasMinimum() ? (1 << bits) - 1 : (1 << (bits - 1)) - 1;
    }

    /** The kind of a file's blocks that holds the codes. */
    public TensorType container() {
        return hasMinimum() ? TensorType.Q4_1 : TensorType.Q8_0;
    }

    /** Weights that share a scale in rows of {@code columns}. */
    int width(int columns) {
        return groupSize == 0 ? columns : Math.min(groupSize, columns);
    }
}
