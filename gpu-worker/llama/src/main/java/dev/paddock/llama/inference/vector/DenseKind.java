package dev.paddock.llama.inference.vector;

import dev.paddock.kernels.CacheType;
import dev.paddock.kernels.Team;
import dev.paddock.kernels.Unpacking;
import dev.paddock.llama.torch.ScalarType;

/** How weights are held that the file has neither in bfloat16 nor in blocks of 4 or 8 bits which are multiplied as they are. */
public enum DenseKind {
    /** Exact; twice the memory of bfloat16. */
    FP32(ScalarType.FLOAT32, CacheType.FLOAT32) {
        @Override
        Unpacking unpacking(Team team) {
            return Unpacking.toFloats(team);
        }
    },
    /** Eight bits of mantissa. */
    BF16(ScalarType.BFLOAT16, CacheType.BFLOAT16) {
        @Override
        Unpacking unpacking(Team team) {
            return Unpacking.toBfloat16(team);
        }
    };

    private final ScalarType type;
    private final CacheType cacheType;

    DenseKind(ScalarType type, CacheType cacheType) {
        this.type = type;
        this.cacheType = cacheType;
    }

    /** What writes matrices in these numbers. */
    abstract Unpacking unpacking(Team team);

    ScalarType type() {
        return type;
    }

    /** Keys and values in the same numbers. */
    public CacheType cacheType() {
        return cacheType;
    }
}
