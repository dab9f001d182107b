package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the numbers of the frozen base are held; adapters and accumulators are always single precision. */
public enum Precision {
    @JsonProperty("bf16")
    BFLOAT16,
    @JsonProperty("fp32")
    FLOAT32
}
