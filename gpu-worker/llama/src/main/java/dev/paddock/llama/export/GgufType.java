package dev.paddock.llama.export;

import dev.paddock.llama.weights.TensorInfo;
import dev.paddock.llama.weights.TensorType;
import org.jspecify.annotations.Nullable;

/** How a GGUF file holds a model's matrices; vectors are always fp32. */
public enum GgufType {
    /** Each tensor as the model has it; NF4, for which GGUF has no blocks, as bfloat16. */
    AS_STORED(null),
    F32(TensorType.F32),
    F16(TensorType.F16),
    BF16(TensorType.BF16),
    Q8_0(TensorType.Q8_0),
    Q4_1(TensorType.Q4_1),
    Q4_0(TensorType.Q4_0);

    private final @Nullable TensorType type;

    GgufType(@Nullable TensorType type) {
        this.type = type;
    }

    /**
     * A tensor's type. As llama.cpp has it, the output matrix takes eight bits beside four, and rows that no blocks of 32 fill
     * are F16.
     *
     * @param output whether it is the output matrix, be it the embedding too
     */
    TensorType of(TensorInfo tensor, boolean output) {
        if (tensor.shape().size() < 2) {
            return TensorType.F32;
        }
        TensorType own = tensor.type() == TensorType.NF4 ? TensorType.BF16 : tensor.type();
        TensorType wanted = type == null ? own : type;
        if (type == null || !wanted.quantized()) {
            return wanted;
        }
        if (tensor.columns() % wanted.blockElements() != 0) {
            return TensorType.F16;
        }
        return output ? TensorType.Q8_0 : wanted;
    }
}
