package dev.paddock.llama.inference.libtorch;

import dev.paddock.llama.torch.TensorType;

/** Numbers in which a model is held and computed; sums inside products and norms are fp32 in both. */
public enum Precision {
    /** Agrees with other implementations in fp32 to rounding; twice the memory of bf16. */
    FP32(TensorType.FLOAT32),
    /** Eight bits of mantissa; for serving. */
    BF16(TensorType.BFLOAT16);

    private final TensorType type;

    Precision(TensorType type) {
        this.type = type;
    }

    TensorType type() {
        return type;
    }
}
