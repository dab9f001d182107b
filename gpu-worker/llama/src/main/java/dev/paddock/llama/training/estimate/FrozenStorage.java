package dev.paddock.llama.training.estimate;

import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.Adaptation;

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

    /** As an adaptation wants it: 4.127 bits a number in NF4 with double quantization. */
    static FrozenStorage of(Adaptation adaptation, ScalarType type) {
        return adaptation.quantized() ? new FrozenStorage(4.127 / 8, true) : resident(type);
    }
}
