package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paddock.llama.training.OptimizerKind;

/** Optimizers by their names in the field. */
public enum OptimizerName {
    @JsonProperty("adamw")
    ADAMW(OptimizerKind.ADAMW),
    @JsonProperty("adamw-8bit")
    ADAMW_8BIT(OptimizerKind.ADAMW_8BIT),
    @JsonProperty("paged-adamw")
    PAGED_ADAMW(OptimizerKind.PAGED_ADAMW),
    @JsonProperty("adafactor")
    ADAFACTOR(OptimizerKind.ADAFACTOR);

    private final OptimizerKind kind;

    OptimizerName(OptimizerKind kind) {
        this.kind = kind;
    }

    OptimizerKind kind() {
        return kind;
    }
}
