package dev.paddock.llama.training.estimate;

import dev.paddock.llama.torch.ScalarType;

/**
 * How the matrices of the frozen blocks lie in memory.
 *
 * @param bytesPerElement scales included
 * @param dequantized whether a block's matrices are made in the compute type when it is their turn
 */
public record FrozenStorage(double bytesPerElement, boolean dequantized) {
    /** In the type in which they are computed with. */
    public static FrozenStorage resident(ScalarType type) {
        return new FrozenStorage(type.bytes(), false);
    }
}
