package dev.paddock.llama.inference.libtorch;

import dev.paddock.llama.torch.ScalarType;

/** Numbers in which a model is held and computed; sums inside products and norms are fp32 in both. */
public enum Precision {
    /** Agrees with other implementations in fp32 to rounding; twice the memory of bf16. */
    FP32(ScalarType.FLOAT32),
    /** Eight bits of mantissa; for serving. */
    BF16(ScalarType.BFLOAT16);

    private final ScalarType type;

    Precision(ScalarType type) {
        this.type = type;
    }

    /** BF16 where this machine's processor multiplies in bf16 itself, else FP32, which is then the faster one for many rows. */
    public static Precision ofThisMachine() {
        return ProcessorFeatures.hasBfloat16() ? BF16 : FP32;
    }

    /** The element type of the weights and activations. */
    public ScalarType type() {
        return type;
    }
}
