package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paddock.llama.training.LearningRate;

/** How the learning rate falls after the warm-up. */
public enum Schedule {
    @JsonProperty("cosine")
    COSINE,
    @JsonProperty("linear")
    LINEAR,
    @JsonProperty("constant")
    CONSTANT,
    /** Stable, then a straight line down over the last updates. */
    @JsonProperty("wsd")
    WSD;

    LearningRate.Schedule schedule() {
        return LearningRate.Schedule.valueOf(name());
    }
}
