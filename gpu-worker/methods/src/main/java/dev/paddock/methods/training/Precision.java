package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paddock.llama.torch.ScalarType;

/** How the numbers of the frozen base are held; adapters and accumulators are always single precision. */
public enum Precision {
    /** bf16 where the processor multiplies in bf16 itself, else fp32, which is then the faster one. */
    @JsonProperty("auto")
    AUTO,
    @JsonProperty("bf16")
    BFLOAT16,
    @JsonProperty("fp32")
    FLOAT32;

    ScalarType type() {
        return switch (this) {
            case AUTO ->
                dev.paddock.llama.inference.libtorch.Precision.ofThisMachine().type();
            case BFLOAT16 -> ScalarType.BFLOAT16;
            case FLOAT32 -> ScalarType.FLOAT32;
        };
    }
}
