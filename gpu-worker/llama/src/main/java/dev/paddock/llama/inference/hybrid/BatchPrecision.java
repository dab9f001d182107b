package dev.paddock.llama.inference.hybrid;

import dev.paddock.llama.inference.libtorch.PackedNumbers;
import org.jspecify.annotations.Nullable;

/** Numbers in which products of several rows are computed. */
public enum BatchPrecision {
    /** As one row is, to the same bits (vLLM's term: batch invariance). */
    EXACT(null),
    /** {@link PackedNumbers#BF16} where the processor has instructions for them. */
    BF16(PackedNumbers.BF16),
    /** {@link PackedNumbers#INT8} where the processor has instructions for them. */
    INT8(PackedNumbers.INT8);

    private final @Nullable PackedNumbers packed;

    BatchPrecision(@Nullable PackedNumbers packed) {
        this.packed = packed;
    }

    /** What the weights' copy is made of; null where there is none on this processor. */
    @Nullable PackedNumbers packed() {
        return packed != null && packed.isAvailable() ? packed : null;
    }
}
